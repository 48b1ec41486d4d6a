"""Questions that the program itself proposes, English and Romanian, in one place. Knows no store."""

_OF_ONE = {
    "en": {
        "amount:budget": "What was the budget of {title}?",
        "amount:grant": "What was the grant for {title}?",
        "organisation:funder": "Who funded {title}?",
        "period:": "When did {title} take place?",
        "organisation:partner": "Who were the partners of {title}?",
        "organisation:implementer": "Who implemented {title}?",
        "organisation:beneficiary": "Who were the beneficiaries of {title}?",
        "place:": "Where did {title} take place?",
        "description": "What is {title} about?",
    },
    "ro": {
        "amount:budget": "Care a fost bugetul proiectului {title}?",
        "amount:grant": "Care a fost grantul pentru {title}?",
        "organisation:funder": "Cine a finanțat proiectul {title}?",
        "period:": "Când s-a derulat proiectul {title}?",
        "organisation:partner": "Cine au fost partenerii proiectului {title}?",
        "organisation:implementer": "Cine a implementat proiectul {title}?",
        "organisation:beneficiary": "Cine au fost beneficiarii proiectului {title}?",
        "place:": "Unde s-a derulat proiectul {title}?",
        "description": "Despre ce este proiectul {title}?",
    },
}
_OF_MANY = {
    "en": {
        "funder": "Which projects were funded by {name}?",
        "country": "Which projects took place in {name}?",
        "year": "Which projects ran in {name}?",
        "count_country": "How many projects were there in {name}?",
        "count_year": "How many projects ran in {name}?",
        "compared": "Compare the budgets of {title} and {other}",
        "sum": "How much did they cost together?",
        "largest": "Which of them had the largest budget?",
        "which": "Which ones?",
        "sum_all": "What did all projects cost together?",
        "sum_country": "What did the projects in {name} cost together?",
        "sum_funder": "What did the projects funded by {name} cost together?",
        "largest_all": "Which project had the largest budget?",
        "by_country": "How many projects are there per country?",
        "by_year": "How many projects started in each year?",
        "by_funder": "Who funded the most projects?",
        "list_all": "Which projects are there?",
        "like": "Have there been projects similar to {title}?",
    },
    "ro": {
        "funder": "Ce proiecte au fost finanțate de {name}?",
        "country": "Ce proiecte s-au derulat în {name}?",
        "year": "Ce proiecte s-au derulat în {name}?",
        "count_country": "Câte proiecte s-au derulat în {name}?",
        "count_year": "Câte proiecte s-au derulat în {name}?",
        "compared": "Compară bugetele proiectelor {title} și {other}",
        "sum": "Cât au costat împreună?",
        "largest": "Care dintre ele a avut cel mai mare buget?",
        "which": "Care sunt?",
        "sum_all": "Cât au costat împreună toate proiectele?",
        "sum_country": "Cât au costat împreună proiectele din {name}?",
        "sum_funder": "Cât au costat împreună proiectele finanțate de {name}?",
        "largest_all": "Care proiect a avut cel mai mare buget?",
        "by_country": "Câte proiecte sunt în fiecare țară?",
        "by_year": "Câte proiecte au început în fiecare an?",
        "by_funder": "Cine a finanțat cele mai multe proiecte?",
        "list_all": "Ce proiecte sunt?",
        "like": "Au mai fost proiecte asemănătoare cu {title}?",
    },
}
FIELDS = tuple(one for one in _OF_ONE["en"] if one != "description")
"""The fields that there is a question for, by the value that names each in a change, those asked for most first."""


def of_one(language: str, field: str, title: str) -> str:
    """A question for a field of a project, or for its description."""
    return _OF_ONE[language][field].format(title=" ".join(title.split()))


def of_many(language: str, key: str, **values: str) -> str:
    """A question over several projects."""
    return _OF_MANY[language][key].format(**{name: " ".join(value.split()) for name, value in values.items()})
