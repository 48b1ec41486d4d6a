"""Documents of the Reedmoor Trust, an invented organisation: pages in English and Romanian, a report and a register.

Sixteen projects. Lantern Walk stands in two files; Winter Orchard's budget can be read in two ways; Paper Boats and
School Kitchens have none; two projects have like names; one of the register is called as its sector is.
"""

from pathlib import Path

TOTAL = 16
"""Projects, one in two files counted once."""

ABOUT = """\
---
title: "About the Reedmoor Trust"
lang: en
---

# About the Reedmoor Trust

The Reedmoor Trust was set up by a ferryman's daughter and has its office at the old toll house.

## Contact

Write to toll.house@reedmoor.example or ring the bell.
"""

PROJECTS = """\
---
title: "Projects of the Reedmoor Trust"
lang: en
---

# Projects of the Reedmoor Trust

## Lantern Walk

Teenagers of three river towns mapped every street lamp and led their neighbours on evening walks. The maps were printed as a booklet, and 640 walkers came along in the first winter.

Period: March 2014 – June 2016 | Partners: Ostrava City Library (Czech Republic), Kyiv Institute of Reading (Ukraine), Lviv Lamp Society (Ukraine) | Budget: 120,000 EUR | Funder: Nordhaven Fund

## Harbour Voices

Retired dockers recorded how their port used to sound. Forty recordings can be heard in the customs house of Gdynia.

Period: 2016 – 2018 | Partners: Gdynia Sailors' Union (Poland), Kharkiv Book Club (Ukraine) | Budget: 45,000 EUR | Funder: Nordhaven Fund

## Harbour Voices Junior

Schoolchildren built their own microphones and interviewed their grandparents.

Period: September 2018 – August 2019 | Partners: Gdynia Sailors' Union (Poland) | Budget: 80,500 USD | Funder: European Salt Council

## Salt Road

Walkers traced an old road on which salt was carried, and set up signposts beside it.

Period: May 2012 – May 2013 | Partners: Varna Museum of Trade (Bulgaria) | Budget: 12,500 GBP | Cost share: 2,500 GBP | Funder: European Salt Council

## Winter Orchard

Gardeners grafted forgotten kinds of apples and taught pruning in prisons.

Period: 2011 | Budget: 640,00 CHF | Funder: Aurel Pop

## Paper Boats

A flotilla of folded boats sailed down the Reed each spring; whoever found one wrote back.

Period: 2019 – 2021 | Partners: Varna Museum of Trade (Bulgaria), Ostrava City Library (Czech Republic) | Sponsors: Brightwater Paper Mill
"""  # noqa: E501

LANTERN_REPORT = """\
Lantern Walk

A report to the donors. The last walk led 210 people along the mill canal, and a lamp museum lent its oldest lantern.

Period: March 2014 – June 2016 | Budget: 120,000 EUR | Funder: Nordhaven Fund
"""

PROIECTE = """\
---
title: "Proiecte ale Fundației Reedmoor"
lang: ro
---

# Proiecte ale Fundației Reedmoor

## Casa Albinelor

Copiii din sat au învățat să îngrijească stupii și au vândut mierea la târgul de toamnă. Proiectul a avut 75 de mici apicultori.

Perioadă: martie 2013 – noiembrie 2014 | Parteneri: Școala din Luncani | Buget: 30.000 RON | Finanțator: Ministerul Apelor

## Moara Veche

O moară de apă a fost reparată de voluntari și macină din nou făină pentru brutăria satului.

Perioadă: 2015 – 2017 | Parteneri: Asociația Meșterilor din Făget, Școala din Luncani | Buget: 75.000 RON | Finanțator: Banca Dunării

## Podul de Lemn

Meșteri tineri au ridicat un pod de lemn peste râu, după planuri vechi găsite în arhivă.

Perioadă: aprilie 2017 – martie 2018 | Parteneri: Biblioteca Municipală din Chișinău (Moldova) | Buget: 20.000 EUR | Finanțator: Nordhaven Fund
"""  # noqa: E501

REGISTER = """\
projectcode,title,summary,country,status,sector,totalcostamt,approvaldate,closingdate
RM-2041,Hill Roads Rehabilitation,The gravel roads of four hill districts are sealed and drained.,Albania,Active,Transport,4500000,2015-03-12,2019-06-30
RM-2042,Rural Wells,"Wells are dug in ninety villages, each looked after by a committee of neighbours.",Albania,Closed,Water,1200000,2010-11-02,2013-12-31
RM-2043,Coastal Roads Upgrade,A road along the coast is widened and its bridges are made fit for floods.,Georgia,Closed,Transport,7250000,2012-05-20,2017-09-30
RM-2044,Energy,Boilers of hospitals are replaced and their roofs insulated.,Georgia,Active,Energy,3000000,2016-01-15,2020-12-31
RM-2045,School Kitchens,Kitchens of village schools are equipped to cook a warm lunch.,Tunisia,Dropped,Education,,2013-07-01,
RM-2046,Town Water Mains,Leaking mains of two towns are replaced.,Tunisia,Closed,Water,2600000,2011-02-10,2015-02-28
RM-2047,Turbine Halls,Two halls with turbines from the last century are made safe.,Georgia,Closed,Energy,900000,2009-04-01,2011-10-31
"""  # noqa: E501

DOCUMENTS = {
    "about.md": ABOUT,
    "projects.md": PROJECTS,
    "lantern-report.txt": LANTERN_REPORT,
    "proiecte.md": PROIECTE,
    "register.csv": REGISTER,
}


def write_documents(folder: Path) -> Path:
    """Write them into `folder`, which is given back."""
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
