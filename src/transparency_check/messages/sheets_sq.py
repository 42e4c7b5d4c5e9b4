"""Albanian texts of workbooks and of what is proposed about them, by the codes of ``en.py``."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "template.sheet.register": "Regjistri",
    "template.sheet.coverage": "Mbulimi",
    "template.sheet.help": "Ndihmë",
    "template.yes": "po",
    "template.no": "jo",
    "template.fill.text": "Tekst i lirë.",
    "template.fill.choice": "Një vlerë e listës.",
    "template.fill.flag": "Po ose jo. E zbrazët: nuk dihet.",
    "template.fill.integer": "Numër i plotë, 0 ose më shumë.",
    "template.fill.date-time": (
        "Data, me orën kur dihet: 05.03.2026 ose 05.03.2026 10:00."
    ),
    "template.fill.interval": (
        "Dita e parë dhe e fundit me / në mes, si 2026-01-01/2026-12-31."
    ),
    "template.fill.list_of_choice": "Një vlerë e listës, ose disa me ; në mes.",
    "template.fill.list_of_text": "Një tekst, ose disa me ; në mes.",
    "template.column.type": (
        "Çka ka ndodhur. Zgjidhet nga lista; fleta e ndihmës tregon çka kërkon secila ngjarje."
    ),
    "template.column.time": (
        "Dita kur ka ndodhur, me orën kur dihet: 05.03.2026 ose 05.03.2026 10:00."
    ),
    "template.column.municipality": "Komuna, nga lista.",
    "template.column.case": (
        "Seanca, akti, konsultimi ose kërkesa së cilës i takon ngjarja: një emër, i njëjti në të "
        "gjitha rreshtat e saj."
    ),
    "template.column.related": "Lëndët e tjera që i prek ngjarja, me ; në mes.",
    "template.column.source": "Vegëza ose numri i shkresës që e dëshmon.",
    "template.column.note": "Tekst i lirë; nuk vendos asgjë.",
    "template.column.recorded_at": (
        "Dita kur është shënuar rreshti, nëse ka qenë më vonë."
    ),
    "template.column.retracted": "Po: ngjarja e këtij rreshti tërhiqet.",
    "template.column.id": (
        "Duhet vetëm për korrigjime: dy rreshta me të njëjtin identifikues flasin për një "
        "ngjarje, dhe vlen ai i shënuar më vonë."
    ),
    "template.error.list": "Zgjidhni një vlerë nga lista.",
    "template.error.date": (
        "Shkruani një datë, si 05.03.2026 ose 05.03.2026 10:00."
    ),
    "template.error.integer": "Shkruani një numër të plotë, 0 ose më shumë.",
    "template.error.interval": (
        "Shkruani ditën e parë dhe të fundit, si 2026-01-01/2026-12-31."
    ),
    "template.coverage.1": (
        "Cilat ngjarje i mban ky regjistër të plota, dhe për cilën kohë."
    ),
    "template.coverage.2": (
        "Një rresht këtu thotë: në këtë periudhë të gjitha ngjarjet e këtyre grupeve janë në "
        "regjistër. Vetëm atëherë mungesa e një rreshti dëshmon se asgjë nuk ka ndodhur; "
        "përndryshe rezultati mbetet i papërcaktuar."
    ),
    "template.coverage.3": (
        "Plotësoni periudhën, ditën kur e deklaroni dhe, nëse nuk mbahen të gjitha ngjarjet, "
        "grupet me ; në mes. Ngjarja plotësohet vetë."
    ),
    "template.coverage.4": (
        "Pa asnjë rresht këtu, regjistri merret si i plotë nga dita e parë e muajit të ngjarjes "
        "së parë."
    ),
    "template.help.title": "Si mbahet ky regjistër",
    "template.help.1": (
        "Një rresht është një ngjarje: diçka që ka ndodhur ose është vendosur një ditë. Zgjidhet "
        "në kolonën e parë."
    ),
    "template.help.2": (
        "Data është dita kur ka ndodhur. Ajo që planifikohet për më vonë e ka kolonën e vet, si "
        "data për të cilën caktohet mbledhja."
    ),
    "template.help.3": (
        "Lënda e mban bashkë atë që i takon njëra-tjetrës: caktimi, njoftimi, seanca dhe "
        "procesverbali i saj kanë lëndën e njëjtë."
    ),
    "template.help.4": (
        "Qelizat e verdha i kërkon ngjarja e zgjedhur. Qelizat e hirta nuk i takojnë asaj; lini "
        "të zbrazëta."
    ),
    "template.help.5": (
        "Kur përshtaten disa vlera, si gjuhët ose kanalet, shkruani me ; në mes."
    ),
    "template.help.6": (
        "Qeliza e zbrazët do të thotë: nuk dihet. Kurrë nuk llogaritet si e kryer."
    ),
    "template.help.7": (
        "Gabimi korrigjohet në rreshtin e vet. Ngjarja tërhiqet me “po” në kolonën “{retracted}”."
    ),
    "template.help.8": (
        "Kolonat mund të zhvendosen, të fshihen ose të hiqen, rreshtat të renditen e të "
        "filtrohen. Titujt e kolonave lini siç janë."
    ),
    "template.help.9": (
        "Fleta “{coverage}” tregon për cilën kohë regjistri është i plotë."
    ),
    "template.help.10": (
        "Kontrollohet me: transparency-check check FILE --as-of DAY. Ajo që nuk lexohet tregohet "
        "me fletë dhe qelizë."
    ),
    "template.help.event": "Ngjarja",
    "template.help.needs": "I duhen",
    "template.help.may": "Mund të ketë",
    "template.help.family": "Grupi (për mbulimin)",
    "template.help.column": "Kolona",
    "template.help.meaning": "Kuptimi",
    "template.help.fill": "Si plotësohet",
    "template.help.values": "Vlerat",
    "mapping.head": (
        "Kuptimi i fjalëve të {name}, aq sa kuptohen; propozuar nga transparency-check {version}."
    ),
    "mapping.how": (
        "Kontrolloni çdo rresht, korrigjojeni ose hiqeni, dhe ruajeni këtë skedë si {sidecar}, "
        "pranë regjistrit."
    ),
    "mapping.sheet": "fleta {sheet}, titujt në rreshtin {row}",
    "mapping.known": "e sigurt: fjalë e fjalorit",
    "mapping.alike": "e mundshme: {percent} % e ngjashme me “{word}”",
    "mapping.cells": (
        "e mundshme: {n} nga {all} qeliza të ndryshme janë vlera të saj"
    ),
    "mapping.dates": "e mundshme: e vetmja kolonë me data",
    "mapping.open": "e hapur: {what}",
    "mapping.open.column": (
        "{header}: asnjë kolonë nuk i afrohet; emërtoni një, ose shkruani ~ nëse nuk i takon "
        "regjistrit"
    ),
    "mapping.open.twice": (
        "{header}: do të thoshte {column}, që e thotë një titull tjetër i fletës"
    ),
    "mapping.open.value": "{column}: {word} ({n}) nuk i afrohet asnjë vlere",
    "mapping.missing": (
        "mungon: asnjë titull nuk do të thotë {column}; pa të nuk lexohet asnjë rresht"
    ),
    "mapping.missing.municipality": (
        "mungon: asnjë titull nuk do të thotë komuna; shkruajeni këtu për të gjitha rreshtat"
    ),
    "mapping.none": "asnjë fletë nuk ka rresht që duket si tituj",
    "help.template": (
        "Shkruan një regjistër të zbrazët si libër pune: tituj, lista për zgjedhje, shënime dhe "
        "fletë ndihme, në njërën nga gjuhët."
    ),
    "short.template": "Regjistër i zbrazët për plotësim, si libër pune.",
    "help.template.lang": (
        "Gjuha e librit të punës: en, sq, sr-Latn ose sr-Cyrl."
    ),
    "help.template.municipality": "Komuna që plotësohet vetë në çdo rresht.",
    "help.template.output": (
        "Ku të shkruhet: një skedë që mbaron me .xlsx dhe ende nuk ekziston."
    ),
    "help.exit.template": "Kodet e daljes: 0 në rregull, 2 përdorim i gabuar.",
    "help.mapping": (
        "Kuptimi i fjalëve të një flete që zyra e mban në mënyrën e vet."
    ),
    "help.mapping.suggest": (
        "Propozon kuptimin e titujve dhe vlerave të një fletëllogaritëseje ose CSV-je, si "
        "deklarime që kontrollohen dhe ruhen pranë saj. Propozohet vetëm ajo që është e "
        "mundshme; ajo që mbetet e hapur renditet."
    ),
    "help.mapping.lang": "Gjuha e vërejtjeve: en, sq, sr-Latn ose sr-Cyrl.",
    "error.template.exists": (
        "{path} ekziston tashmë dhe mund të jetë i plotësuar; nuk mbishkruhet. Emërtoni një "
        "skedë tjetër."
    ),
    "error.template.ending": (
        "{path} nuk mbaron me .xlsx, si një libër pune. Shkruani -o register.xlsx."
    ),
    "error.mapping.format": (
        "{path} nuk është fletëllogaritëse ose CSV, prandaj nuk ka fjalë të zyrës në të. "
        "Emërtoni një skedë .xlsx, .ods ose .csv."
    ),
    "error.mapping.read": "{path} nuk lexohet: {why}",
}
