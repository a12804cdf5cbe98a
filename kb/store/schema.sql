-- The knowledge base: one file, derived from the corpus, private and complete.
--
-- Every place is a half-open range [start, end) of code points in document.text, and
-- record.exact = substr(document.text, start + 1, end - start). Ids are permanent: a kind letter and ten characters of
-- a hash of words, never of offsets. A change of this schema means a rebuild (kb build), never a migration.
-- In every table, text order is (source_id, start, end).

PRAGMA user_version = 3;

-- What this file is: schema, generation (the hash all three products of one build share), version of kb.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- What we hold under one manifest entry.
CREATE TABLE source (
  id TEXT PRIMARY KEY,              -- slug, chosen by the curator or folded from the file name
  position INTEGER NOT NULL UNIQUE, -- order in the corpus
  source_kind TEXT NOT NULL CHECK (source_kind IN ('guidance', 'forum', 'critique')),
  shape TEXT NOT NULL,              -- the reader that made a document of it
  title TEXT,                       -- as the manifest has it, NULL where nobody states one
  publisher TEXT,
  date TEXT,                        -- ISO 8601, cut to what is known: 2018, 2018-03, 2018-03-21
  url TEXT,
  licence TEXT,
  publish TEXT NOT NULL CHECK (publish IN ('full', 'quotes', 'none')),
  jurisdiction TEXT,
  language TEXT,                    -- as the manifest states it; NULL leaves it to the words
  digest_of TEXT,                   -- for our own summaries: id of the source restated, which need not be held
  value TEXT NOT NULL               -- the whole entry as JSON
) WITHOUT ROWID;

CREATE TABLE source_file (
  source_id TEXT NOT NULL REFERENCES source (id),
  position INTEGER NOT NULL,
  path TEXT NOT NULL,               -- below the corpus folder
  sha256 TEXT NOT NULL,
  PRIMARY KEY (source_id, position)
) WITHOUT ROWID;

-- What a reader made of a source. A source that could not be read has no document, and a finding that says why.
CREATE TABLE document (
  source_id TEXT PRIMARY KEY REFERENCES source (id),
  sha256 TEXT NOT NULL,             -- of the source's bytes
  reader TEXT NOT NULL,
  encoding TEXT NOT NULL,
  title TEXT,                       -- as the document itself states it
  publisher TEXT,
  date TEXT,
  language TEXT NOT NULL,           -- ISO 639: stated, or seen from the words; und where they are of none that is known
  url TEXT,                         -- where the file or the manifest says it comes from
  licence TEXT,
  text TEXT NOT NULL,               -- the canonical text all spans are places in
  value TEXT NOT NULL               -- authors and date with its raw words, as JSON
) WITHOUT ROWID;

-- What came from each file of a source, where it has several.
CREATE TABLE file_span (
  source_id TEXT NOT NULL REFERENCES document (source_id),
  position INTEGER NOT NULL,        -- as in source_file
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (source_id, position)
) WITHOUT ROWID;

-- Stretches of pages, which do not overlap; a page has several where its notes stand after the body.
CREATE TABLE page (
  source_id TEXT NOT NULL REFERENCES document (source_id),
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,          -- counted from 1 in the file
  label TEXT,                       -- the number printed on it
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (source_id, position)
) WITHOUT ROWID;

-- Sections, posts, articles, boxes, lists, tables, quotation blocks, notes.
CREATE TABLE part (
  id TEXT PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES document (source_id),
  position INTEGER NOT NULL,        -- place among the parts of its document, in text order
  parent TEXT REFERENCES part (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('section', 'post', 'article', 'box', 'list', 'table', 'quotation', 'note')),
  label TEXT,                       -- what the source calls it: 4.2, #12
  number INTEGER,                   -- for posts and articles, as they stand in the source
  heading TEXT,
  author TEXT,                      -- NULL: not kept, or nobody in particular
  author_role TEXT,                 -- member, organisation, public, unknown
  date TEXT,
  is_edited INTEGER NOT NULL,
  is_withdrawn INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  body_start INTEGER NOT NULL,      -- what its author wrote, without label, heading and user cell
  body_end INTEGER NOT NULL,
  host_id TEXT,                     -- what the host calls a post in its addresses
  quoted_name TEXT,                 -- of a quotation block: whom its head names
  quoted_host_id TEXT,              -- and which post, by its host's id
  quoted_part TEXT REFERENCES part (id) DEFERRABLE INITIALLY DEFERRED, -- and where that is held
  value TEXT NOT NULL,
  UNIQUE (source_id, position)
) WITHOUT ROWID;

-- The smallest things we cite.
CREATE TABLE passage (
  id TEXT PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES document (source_id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('title', 'heading', 'paragraph', 'item', 'row', 'cell', 'caption', 'reference', 'note')),
  part TEXT REFERENCES part (id),
  lead TEXT REFERENCES passage (id) DEFERRABLE INITIALLY DEFERRED, -- what introduces the list or table it belongs to
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  words TEXT NOT NULL,
  UNIQUE (source_id, position)
) WITHOUT ROWID;

-- Words of the carrier: kept in the text, in no passage.
CREATE TABLE furniture (
  source_id TEXT NOT NULL REFERENCES document (source_id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (source_id, position)
) WITHOUT ROWID;

-- Hyperlinks as the document has them; href is NULL where only the words survived, or where they stay in the document.
CREATE TABLE hyperlink (
  source_id TEXT NOT NULL REFERENCES document (source_id),
  position INTEGER NOT NULL,
  href TEXT,
  status TEXT NOT NULL CHECK (status IN ('ok', 'truncated', 'dead', 'lost')),
  relation TEXT NOT NULL CHECK (relation IN ('web', 'citation', 'note', 'internal')),
  target TEXT REFERENCES passage (id), -- the passage of the same document it leads to
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (source_id, position)
) WITHOUT ROWID;

-- Names met in an author's place. Private: what the masks of the public view are made from.
CREATE TABLE person (
  source_id TEXT NOT NULL REFERENCES document (source_id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('author', 'title', 'location', 'mention')),
  role TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (source_id, position)
) WITHOUT ROWID;

-- What the carrier destroyed and the reader could not recover.
CREATE TABLE loss (
  source_id TEXT NOT NULL REFERENCES document (source_id),
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  start INTEGER,
  end INTEGER,
  PRIMARY KEY (source_id, position)
) WITHOUT ROWID;

-- Every extracted statement, whatever its kind; the tables below hold what only one kind has.
CREATE TABLE record (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  source_id TEXT NOT NULL REFERENCES document (source_id),
  passage TEXT REFERENCES passage (id),
  start INTEGER NOT NULL,
  end INTEGER NOT NULL CHECK (start < end),
  exact TEXT NOT NULL,              -- the words, which prove the span
  prefix TEXT NOT NULL,             -- up to 32 code points before
  suffix TEXT NOT NULL,             -- and after
  sha256 TEXT NOT NULL,             -- checksum of the source the span is a place in
  rule TEXT NOT NULL,               -- which pattern found it
  confidence REAL NOT NULL,
  speaker TEXT,                     -- whose words; NULL where the source does not say
  speaker_role TEXT NOT NULL,
  attributed_to TEXT,               -- to whom the text credits them
  review TEXT NOT NULL,             -- machine: nobody has looked
  reviewer TEXT,
  reviewed TEXT,
  value TEXT NOT NULL               -- the whole record as JSON
) WITHOUT ROWID;

CREATE TABLE definition (
  id TEXT PRIMARY KEY REFERENCES record (id),
  term TEXT NOT NULL,
  term_norm TEXT NOT NULL,          -- long form, lower case
  form TEXT NOT NULL CHECK (form IN ('explicit', 'glossary', 'abbreviation', 'list', 'rejected')),
  concept TEXT,
  definiens_start INTEGER,
  definiens_end INTEGER
) WITHOUT ROWID;

CREATE TABLE claim (
  id TEXT PRIMARY KEY REFERENCES record (id),
  claim_kind TEXT NOT NULL
    CHECK (claim_kind IN ('figure', 'target', 'recommendation', 'finding', 'criticism', 'causal', 'policy')),
  certainty TEXT NOT NULL           -- unclear: perhaps irony, a joke, an if; stands here alone, on no page and in no export
    CHECK (certainty IN ('asserted', 'unclear')),
  basis TEXT                        -- of recommendations: what they rest on, as far as the document says
    CHECK (basis IN ('guideline', 'trial', 'consensus', 'not-stated')),
  basis_code TEXT,                  -- the guideline's code: CG53
  basis_start INTEGER,              -- the words that say so
  basis_end INTEGER,
  for_whom TEXT                     -- whose care or conduct a recommendation is about, in the source's words
) WITHOUT ROWID;

-- Numbers inside claims. A range has low < high; a single value has low = high.
CREATE TABLE figure (
  claim_id TEXT NOT NULL REFERENCES claim (id),
  position INTEGER NOT NULL,
  low REAL NOT NULL,
  high REAL NOT NULL,
  unit TEXT NOT NULL,
  qualifier TEXT CHECK (qualifier IN ('up to', 'at least', 'around')),
  of TEXT,                          -- what is counted, in the source's words
  population TEXT,
  setting TEXT,
  period TEXT,
  nature TEXT NOT NULL CHECK (nature IN ('target', 'outcome', 'expected', 'derived', 'unknown')),
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (claim_id, position)
) WITHOUT ROWID;

CREATE TABLE reference (
  id TEXT PRIMARY KEY REFERENCES record (id),
  form TEXT NOT NULL,
  label TEXT,
  title TEXT,
  year INTEGER,
  container TEXT,
  volume TEXT,
  issue TEXT,
  pages TEXT,
  publisher TEXT,
  publisher_place TEXT,
  doi TEXT,
  pmid TEXT,
  isbn TEXT,
  nice TEXT,
  url TEXT
) WITHOUT ROWID;

CREATE TABLE citation (
  id TEXT PRIMARY KEY REFERENCES record (id),
  style TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE citation_key (
  citation_id TEXT NOT NULL REFERENCES citation (id),
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (citation_id, position)
) WITHOUT ROWID;

CREATE TABLE mention (
  id TEXT PRIMARY KEY REFERENCES record (id),
  concept TEXT NOT NULL             -- slug of a condition or umbrella term
) WITHOUT ROWID;

-- Relative to its document and jurisdiction, never a global truth.
CREATE TABLE classification (
  id TEXT PRIMARY KEY REFERENCES record (id),
  condition TEXT NOT NULL,
  category TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('asserts', 'disputes', 'reports')),
  placement TEXT NOT NULL,
  placed_by TEXT,
  reported_by TEXT,
  jurisdiction TEXT
) WITHOUT ROWID;

CREATE TABLE quotation (
  id TEXT PRIMARY KEY REFERENCES record (id),
  marked TEXT NOT NULL,
  match TEXT NOT NULL CHECK (match IN ('exact', 'normalised', 'elided', 'altered', 'none')),
  place TEXT NOT NULL CHECK (place IN ('as-attributed', 'elsewhere', 'not-held', 'not-found')),
  original_source TEXT REFERENCES source (id),
  original_start INTEGER,
  original_end INTEGER,
  similarity REAL
) WITHOUT ROWID;

-- What references point to.
CREATE TABLE work (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  title TEXT,
  year INTEGER,
  container TEXT,
  doi TEXT,
  pmid TEXT,
  isbn TEXT,
  nice TEXT,
  url TEXT,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Typed relations: resolves-to, refers-to, quotes, held-as, restates.
CREATE TABLE link (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  relation TEXT NOT NULL,
  origin TEXT NOT NULL,
  target TEXT NOT NULL,
  confidence REAL NOT NULL
) WITHOUT ROWID;

-- Ids that were or could be linked to, and what answers for them.
CREATE TABLE alias (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  target TEXT NOT NULL
) WITHOUT ROWID;

-- What does not add up, found while the knowledge base was built (kb check adds its own).
CREATE TABLE finding (
  position INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  source_id TEXT,
  subject TEXT,
  start INTEGER,
  end INTEGER
);

CREATE INDEX record_by_place ON record (source_id, start, end);
CREATE INDEX record_by_kind ON record (kind, position);
CREATE INDEX passage_by_place ON passage (source_id, start);
CREATE INDEX mention_by_concept ON mention (concept);
CREATE INDEX classification_by_condition ON classification (condition, category);
CREATE INDEX page_by_number ON page (source_id, number);
CREATE INDEX figure_by_value ON figure (low, unit);
CREATE INDEX link_by_target ON link (target, relation);
CREATE INDEX link_by_origin ON link (origin, relation);

-- Which figures are claimed, of whom, and by whom?
CREATE VIEW which_figures_are_claimed AS
SELECT figure.low, figure.high, figure.unit, figure.qualifier, figure.of, figure.population, figure.setting, figure.nature,
       record.exact AS words, record.speaker, source.title AS source, record.id AS claim
FROM figure JOIN claim ON claim.id = figure.claim_id JOIN record ON record.id = claim.id
JOIN source ON source.id = record.source_id
WHERE claim.certainty = 'asserted'
ORDER BY figure.unit, figure.low, record.position;

-- What is recommended, for whom, and what does it rest on?
CREATE VIEW what_is_recommended AS
SELECT record.exact AS words, claim.for_whom, claim.basis, claim.basis_code,
       substr(document.text, claim.basis_start + 1, claim.basis_end - claim.basis_start) AS basis_words,
       source.title AS source, record.id AS claim
FROM claim JOIN record USING (id) JOIN source ON source.id = record.source_id
JOIN document ON document.source_id = record.source_id
WHERE claim.claim_kind = 'recommendation' AND claim.certainty = 'asserted'
ORDER BY record.position;

-- What does each document say a term means?
CREATE VIEW what_a_term_means AS
SELECT definition.term_norm AS term, definition.form,
       substr(document.text, definition.definiens_start + 1, definition.definiens_end - definition.definiens_start) AS meaning,
       record.exact AS words, source.title AS source, source.jurisdiction, record.id AS definition
FROM definition JOIN record USING (id) JOIN source ON source.id = record.source_id
JOIN document ON document.source_id = record.source_id
ORDER BY definition.term_norm, record.position;

-- Under what does each document place a condition, and does it agree?
CREATE VIEW where_a_condition_is_placed AS
SELECT classification.condition, classification.category, classification.stance, classification.placement,
       classification.placed_by, classification.reported_by, classification.jurisdiction,
       record.exact AS words, source.title AS source, record.id AS classification
FROM classification JOIN record USING (id) JOIN source ON source.id = record.source_id
ORDER BY classification.condition, classification.category, record.position;

-- Which passages cite which work?
CREATE VIEW which_passages_cite_a_work AS
SELECT work.title AS work, work.year, record.exact AS marker, passage.words AS passage, source.title AS source,
       work.id AS work_id, passage.id AS passage_id
FROM link AS refers JOIN work ON work.id = refers.target AND refers.relation = 'refers-to'
JOIN link AS resolves ON resolves.target = refers.origin AND resolves.relation = 'resolves-to'
JOIN record ON record.id = resolves.origin LEFT JOIN passage ON passage.id = record.passage
JOIN source ON source.id = record.source_id
ORDER BY work.position, record.position;

-- Which citations point to nothing in their own document?
CREATE VIEW which_citations_dangle AS
SELECT record.exact AS marker, passage.words AS passage, source.title AS source, record.id AS citation
FROM citation JOIN record USING (id) LEFT JOIN passage ON passage.id = record.passage
JOIN source ON source.id = record.source_id
WHERE NOT EXISTS (SELECT 1 FROM link WHERE link.origin = record.id AND link.relation = 'resolves-to')
ORDER BY record.position;

-- How do quoted words compare with the original that is held?
CREATE VIEW how_quotations_compare AS
SELECT quotation.match, quotation.place, record.attributed_to, record.exact AS quoted,
       substr(original.text, quotation.original_start + 1, quotation.original_end - quotation.original_start) AS original,
       quoting.title AS quoted_in, quoted.title AS original_source, record.id AS quotation
FROM quotation JOIN record USING (id) JOIN source AS quoting ON quoting.id = record.source_id
LEFT JOIN source AS quoted ON quoted.id = quotation.original_source
LEFT JOIN document AS original ON original.source_id = quotation.original_source
ORDER BY record.position;

-- What was lost on the way to us?
CREATE VIEW what_was_lost AS
SELECT source.title AS source, loss.code, loss.message, loss.start, loss.end
FROM loss JOIN source ON source.id = loss.source_id
ORDER BY source.position, loss.position;
