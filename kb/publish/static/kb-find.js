// Searches the passages of this site in the reader's browser. Works from a folder as from a server: the data are scripts.
"use strict";
window.kbFind = (() => {
  const LIMIT = 50;
  const units = [];
  let waiting = null;
  const fold = text => text.normalize("NFKC").toLowerCase().replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[‐‑–—]/g, "-");
  const literal = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const terms = query => [...fold(query).matchAll(/"([^"]+)"|(\S+)/g)].map(match => (match[1] || match[2]).trim()).filter(Boolean);
  const patterns = words => words.map(word => {
    const start = /^[\p{L}\p{N}]/u.test(word) ? "(?<![\\p{L}\\p{N}.,])" : "";
    const number = /\p{N}$/u.test(word) ? "(?![\\p{N}])(?![.,]\\p{N})" : "";
    return new RegExp(start + literal(word).replace(/\s+/g, "\\s+") + number, "giu");
  });
  const whole = (text, at) => !/[\p{L}\p{N}]/u.test(text.charAt(at.index + at[0].length));

  function search(query) {
    const wanted = patterns(terms(query));
    const hits = [];
    for (const [kind, address, title, text] of wanted.length ? units : []) {
      const folded = fold(text);
      const found = wanted.map(pattern => [...folded.matchAll(pattern)]);
      if (found.some(places => !places.length)) continue;
      const exact = found.filter(places => places.some(at => whole(folded, at))).length;
      hits.push({kind, address, title, text, places: found.flat(), score: exact * 1000 - Math.min(text.length, 900)});
    }
    return hits.sort((one, two) => two.score - one.score);
  }

  function marked(target, text, places) {
    const first = places.length && fold(text).length === text.length ? Math.min(...places.map(at => at.index)) : 0;
    const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, first - 80)));
    let position = start;
    if (start) target.append("… ");
    if (fold(text).length === text.length) {
      for (const at of places.sort((one, two) => one.index - two.index)) {
        if (at.index < position || at.index > start + 300) continue;
        const mark = document.createElement("mark");
        mark.textContent = text.slice(at.index, at.index + at[0].length);
        target.append(text.slice(position, at.index), mark);
        position = at.index + at[0].length;
      }
    }
    const rest = text.slice(position, Math.max(position, start + 300));
    target.append(rest, position + rest.length < text.length ? " …" : "");
  }

  function show(query) {
    const hits = search(query);
    const list = document.getElementById("kb-hits");
    list.replaceChildren(...hits.slice(0, LIMIT).map(hit => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const meta = document.createElement("span");
      item.className = "kb-row";
      link.href = hit.address;
      meta.className = "kb-meta";
      meta.textContent = hit.kind + " · " + hit.title;
      marked(link, hit.text, hit.places);
      item.append(link, meta);
      return item;
    }));
    const shown = hits.length > LIMIT ? `, the first ${LIMIT} are shown` : "";
    document.getElementById("kb-status").textContent = query.trim() ? `${hits.length} found${shown}` : "";
  }

  function load(files) {
    waiting ||= Promise.all(files.map(file => new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = file;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    })));
    return waiting;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("kb-find");
    if (!form) return;
    const field = form.elements.q;
    const run = () => load(form.dataset.files.split(" ").filter(Boolean)).then(() => show(field.value));
    form.hidden = false;
    field.value = new URLSearchParams(location.search).get("q") || "";
    field.addEventListener("input", run);
    form.addEventListener("submit", event => {
      event.preventDefault();
      history.replaceState(null, "", "?q=" + encodeURIComponent(field.value));
      run();
    });
    run();
    field.focus();
  });

  return {add: rows => units.push(...rows)};
})();
