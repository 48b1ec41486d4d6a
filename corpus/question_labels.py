"""Labels that are a question or a verb: `What it cost`, `Cine a dat banii`, `Când a avut loc`.

Patterns against the folded label, in English and Romanian, with the field's name and role. Closed-class words and the
verbs that stand for a field in any trade; what is asked of anything else ("How we worked") is no label.
"""

_IT = r"(?:(?:it|this|that|the project|the work) )?"
_US = r"(?: (?:us|it|this|the project|the work))*"
_EL = r"(?: (?:proiectul|lucrarea|lucrarile|totul|in total|in tot))?"

PRICES = (
    rf"(?:total |final )?price|how much(?: money)?|(?:what|how much) (?:does )?{_IT}costs?"
    rf"|pret(?:ul)?(?: total| final)?|(?:cat|ce) costa{_EL}|cati bani"
)
"""What a shop has as well, so that it makes no project; of one that is known by other fields it is the budget."""
QUESTION_LABELS: tuple[tuple[str, str, str], ...] = (
    (
        rf"(?:what|how much(?: money)?) (?:(?:did|has|have) )?{_IT}cost|(?:what|how much) (?:was|were) (?:it )?(?:spent|worth|invested)"
        rf"|(?:ce|cat|cati bani) (?:ne )?(?:a|au) costat{_EL}|(?:cat|cati bani) s-?a(?:u)? (?:cheltuit|investit)"
        rf"|a costat{_EL}|suma cheltuita",
        "amount",
        "budget",
    ),
    (
        r"(?:how much|what) (?:(?:did )?(?:we|it) (?:get|got|received?)|was (?:given|granted|awarded|received)|they gave)"
        r"|(?:cat|cati bani|ce suma) (?:am|a|s-?a|s-?au|ne-?a|ne-?au|au) (?:primit|acordat|obtinut|dat)"
        r"|suma (?:primita|obtinuta)",
        "amount",
        "grant",
    ),
    (
        rf"when (?:(?:did|was|is|does) )?{_IT}(?:ran?|run|happen(?:s|ed)?|takes? place|took place|was|(?:was )?held|(?:was )?done)"
        rf"|how long (?:(?:did|does) )?{_IT}(?:last(?:s|ed)?|takes?|took|ran?|run)"
        rf"|cand (?:a avut loc|are loc|s-?a (?:desfasurat|derulat|intamplat|facut|tinut)|a fost(?: facut)?|am (?:lucrat|facut)){_EL}"
        rf"|cat (?:timp )?(?:a durat|dureaza){_EL}",
        "period",
        "",
    ),
    (
        rf"when (?:(?:did|does) )?{_IT}(?:start(?:s|ed)?|begins?|began)"
        rf"|(?:de )?cand (?:a inceput|incepe|am inceput|demareaza){_EL}",
        "period",
        "start",
    ),
    (
        rf"when (?:(?:did|does) )?{_IT}(?:end|finish)(?:s|ed|es)?"
        rf"|cand (?:s-?a (?:terminat|incheiat|finalizat)|se (?:termina|incheie|finalizeaza)){_EL}|pana cand",
        "period",
        "end",
    ),
    (
        rf"who (?:is paying|paid|pays|fund(?:s|ed)|finance[sd]|gave)(?: for)?{_US}(?: (?:the )?money)?"
        r"|where (?:did |does )?the money comes? from|where the money (?:came|comes) from"
        rf"|cine (?:a |ne-?a |au |ne-?au )?(?:platit|finantat|plateste|finanteaza|dat)(?: bani| banii| finantarea)?{_EL}"
        r"|de unde (?:au venit|vin|avem|am avut|sunt) banii|ban(?:i|ii) (?:de la|au venit de la)",
        "organisation",
        "funder",
    ),
    (
        rf"who (?:helped|supported|supports|backs|backed){_US}"
        rf"|cine (?:ne-?a|a|ne-?au|au) (?:ajutat|sprijinit|sustinut){_EL}",
        "organisation",
        "supporter",
    ),
    (
        r"who (?:did we work with|we worked with|worked with us|with|took part with us)|with whom"
        r"|(?:cu cine|impreuna cu|alaturi de)(?: am lucrat| s-?a lucrat| am facut)?",
        "organisation",
        "partner",
    ),
    (
        rf"who (?:did|ran|runs|led|leads|carried out|implemented|delivered|managed|coordinated|organi[sz]ed){_US}"
        rf"|cine (?:a |au )?(?:facut|condus|coordonat|organizat|implementat|realizat|derulat|coordoneaza|conduce){_EL}"
        r"|cine s-?a ocupat(?: de proiect)?",
        "organisation",
        "implementer",
    ),
    (
        r"who (?:benefits|benefit(?:t)?ed|it helped|(?:is |was )?(?:it |this )?(?:is |was )?for|(?:received|got) (?:it|the money|the grant))"
        r"|(?:pentru|pe) cine(?: a fost| este| ajuta| a ajutat)?|cui (?:i )?(?:se adreseaza|s-?a adresat|foloseste)"
        r"|cine (?:a beneficiat|beneficiaza|a primit (?:banii|finantarea|grantul))",
        "organisation",
        "beneficiary",
    ),
    (
        rf"where (?:(?:did|was|is|does) )?{_IT}(?:it|is|was|ran?|run|happen(?:s|ed)?|takes? place|took place|(?:was )?held|(?:was )?done)"
        rf"|unde (?:a avut loc|are loc|s-?a (?:desfasurat|derulat|intamplat|facut|tinut|lucrat)|a fost(?: facut)?|este|e|am lucrat){_EL}",
        "place",
        "",
    ),
)
