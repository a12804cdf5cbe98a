"""A small corpus of invented sources, one of each shape that is read so far but our own digests."""

from __future__ import annotations

from pathlib import Path

POST_END = "\u00a0"

THREAD = f"""A thread about the new clinic guidance

marshwiggle9

Senior Member
The new guidance for clinics is out. Their MUS definition:

Medically unexplained symptoms are complaints of the body for which no disease was found after a full investigation.
Examples include: irritable bowel syndrome, fibromyalgia and chronic fatigue syndrome.

It says that people with MUS account for up to 20% of new consultations in primary care [3].

3
Smith J, Brown P. Counting the unexplained in
general practice. Journal of Invented
Medicine. 2009;12:34-41.

I do not think that figure says what they make of it.
{POST_END}
It says that people with MUS account for up to 20% of new consultations in primary care [3].

The paper they cite counted one town, and it counted patients in hospital, not consultations in primary care.

See also https://www.example.org/papers/coun...unexplained.pdf
{POST_END}
Last edited:
I was diagnosed with fibromyalgia by my GP in the spring, and marshwiggle9 is right that nobody asked me.
{POST_END}
Back
Top Bottom
"""

GUIDANCE = """A pathway for clinics that see people with persistent symptoms

Publication date:\t12th June 2017
Target audience:\tClinics and commissioners

Contents

1. Aims of this document\t2
2. Delivering the service\t3

1. Aims of this document

1.1 This pathway sets out how clinics should see people with long-term conditions (LTCs) and medically unexplained symptoms (MUS).

1.2 Around 30% of people with an LTC also have depression. Half of those who are treated recover within six months.

1.3 MUS, such as irritable bowel syndrome or chronic fatigue syndrome, are common in every clinic.

2. Delivering the service

2.1 Clinics should offer a first appointment within 18 weeks to at least 95% of those who are referred.

2.2 Clinics should:

- record how many people complete their treatment
- consider the impact of LTCs on daily life.

2.3 An extra £12 million was set aside in 2017/18 for 14 early sites. See the [full pathway](#) for details.
"""

BLOG = """What The Pathway Leaves Out

The new pathway claims that half of those who are treated recover. The only trial it could have used had no blind assessment,
and its authors say so (Jones 2014).

A recovery rate that the service itself marks is not evidence. Clinics should publish how many people left after one session.

Counting What Is Easy To Count

In a review of 40 services, 12% of the people referred had finished a course of treatment a year later [2]. The review
found no service that had asked those who left.
"""

SOURCES = {"thread.txt": THREAD, "pathway.md": GUIDANCE, "blog.txt": BLOG}


def write_corpus(folder: Path, **changed: str) -> Path:
    """Write the sources into `folder`; `changed` replaces the text of one by its file name's stem."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in SOURCES.items():
        (folder / name).write_text(changed.get(Path(name).stem, text), encoding="utf-8", newline="\n")
    return folder
