"""Serbian texts of workbooks and of what is proposed about them, by the codes of ``en.py``."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "template.sheet.register": "Registar",
    "template.sheet.coverage": "Pokrivenost",
    "template.sheet.help": "Pomoć",
    "template.yes": "da",
    "template.no": "ne",
    "template.fill.text": "Slobodan tekst.",
    "template.fill.choice": "Jedna vrednost sa liste.",
    "template.fill.flag": "Da ili ne. Prazno: nije poznato.",
    "template.fill.integer": "Ceo broj, 0 ili veći.",
    "template.fill.date-time": (
        "Datum, sa vremenom ako je poznato: 05.03.2026 ili 05.03.2026 10:00."
    ),
    "template.fill.interval": (
        "Prvi i poslednji dan sa / između njih, kao 2026-01-01/2026-12-31."
    ),
    "template.fill.list_of_choice": (
        "Jedna vrednost sa liste, ili više njih sa ; između."
    ),
    "template.fill.list_of_text": "Jedan tekst, ili više njih sa ; između.",
    "template.column.type": (
        "Šta se dogodilo. Izaberite sa liste; list sa pomoći kaže šta je potrebno za svaki "
        "događaj."
    ),
    "template.column.time": (
        "Dan kada se dogodilo, sa vremenom ako je poznato: 05.03.2026 ili 05.03.2026 10:00."
    ),
    "template.column.municipality": "Opština, sa liste.",
    "template.column.case": (
        "Sednica, akt, konsultacija ili zahtev kome događaj pripada: jedno ime, isto u svim "
        "njegovim redovima."
    ),
    "template.column.related": (
        "Drugi predmeti na koje se događaj odnosi, sa ; između."
    ),
    "template.column.source": "Veza ili broj spisa koji to dokazuje.",
    "template.column.note": "Slobodan tekst; ni o čemu ne odlučuje.",
    "template.column.recorded_at": (
        "Dan kada je red unet, ako je to bilo kasnije."
    ),
    "template.column.retracted": "Da: događaj iz ovog reda se povlači.",
    "template.column.id": (
        "Potrebno samo za ispravke: dva reda sa istim identifikatorom govore o jednom događaju, "
        "a važi onaj koji je kasnije unet."
    ),
    "template.error.list": "Izaberite vrednost sa liste.",
    "template.error.date": "Upišite datum, kao 05.03.2026 ili 05.03.2026 10:00.",
    "template.error.integer": "Upišite ceo broj, 0 ili veći.",
    "template.error.interval": (
        "Upišite prvi i poslednji dan, kao 2026-01-01/2026-12-31."
    ),
    "template.coverage.1": (
        "Koje događaje ovaj registar vodi u celosti, i za koje vreme."
    ),
    "template.coverage.2": (
        "Red ovde kaže: u ovom periodu svi događaji iz ovih grupa nalaze se u registru. Samo "
        "tada nedostatak reda dokazuje da se ništa nije dogodilo; inače rezultat ostaje "
        "neodređen."
    ),
    "template.coverage.3": (
        "Popunite period, dan kada to izjavljujete i, ako se ne vode svi događaji, grupe sa ; "
        "između. Događaj se popunjava sam."
    ),
    "template.coverage.4": (
        "Bez ijednog reda ovde, registar se smatra potpunim od prvog dana meseca u kome je prvi "
        "događaj."
    ),
    "template.help.title": "Kako se vodi ovaj registar",
    "template.help.1": (
        "Jedan red je jedan događaj: nešto što se jednog dana dogodilo ili o čemu je odlučeno. "
        "Izaberite ga u prvoj koloni."
    ),
    "template.help.2": (
        "Datum je dan kada se dogodilo. Ono što je planirano za kasnije ima svoju kolonu, kao "
        "datum za koji je sastanak zakazan."
    ),
    "template.help.3": (
        "Predmet drži na okupu ono što ide zajedno: zakazivanje, obaveštenje, sednica i njen "
        "zapisnik imaju isti predmet."
    ),
    "template.help.4": (
        "Žuta polja su potrebna za izabrani događaj. Siva polja mu ne pripadaju; ostavite ih "
        "prazna."
    ),
    "template.help.5": (
        "Gde odgovara više vrednosti, kao jezici ili kanali, upišite ih sa ; između."
    ),
    "template.help.6": (
        "Prazno polje znači: nije poznato. Nikada se ne računa kao učinjeno."
    ),
    "template.help.7": (
        "Grešku ispravite u njenom redu. Događaj povlačite sa „da“ u koloni „{retracted}“."
    ),
    "template.help.8": (
        "Kolone se mogu pomerati, sakriti ili obrisati, redovi sortirati i filtrirati. Naslove "
        "kolona ostavite kakvi jesu."
    ),
    "template.help.9": (
        "List „{coverage}“ kaže za koje vreme je registar potpun."
    ),
    "template.help.10": (
        "Provera: transparency-check check FILE --as-of DAY. Što ne može da se pročita navodi se "
        "sa listom i poljem."
    ),
    "template.help.event": "Događaj",
    "template.help.needs": "Potrebno",
    "template.help.may": "Može da ima",
    "template.help.family": "Grupa (za pokrivenost)",
    "template.help.column": "Kolona",
    "template.help.meaning": "Značenje",
    "template.help.fill": "Kako se popunjava",
    "template.help.values": "Vrednosti",
    "mapping.head": (
        "Značenje reči iz {name}, koliko su razumljive; predložio transparency-check {version}."
    ),
    "mapping.how": (
        "Proverite svaki red, ispravite ga ili uklonite, i sačuvajte ovu datoteku kao {sidecar}, "
        "pored registra."
    ),
    "mapping.sheet": "list {sheet}, naslovi u redu {row}",
    "mapping.known": "sigurno: reč iz rečnika",
    "mapping.alike": "verovatno: {percent} % slično sa „{word}“",
    "mapping.cells": (
        "verovatno: {n} od {all} različitih polja su njene vrednosti"
    ),
    "mapping.dates": "verovatno: jedina kolona sa datumima",
    "mapping.open": "otvoreno: {what}",
    "mapping.open.column": (
        "{header}: nijedna kolona nije slična; navedite jednu, ili upišite ~ ako ne pripada "
        "registru"
    ),
    "mapping.open.twice": (
        "{header}: značilo bi {column}, što već znači drugi naslov na listu"
    ),
    "mapping.open.value": (
        "{column}: {word} ({n}) nije slično nijednoj vrednosti"
    ),
    "mapping.missing": (
        "nedostaje: nijedan naslov ne znači {column}; bez toga nijedan red ne može da se pročita"
    ),
    "mapping.missing.municipality": (
        "nedostaje: nijedan naslov ne znači opština; navedite je ovde za sve redove"
    ),
    "mapping.none": "nijedan list nema red koji liči na naslove",
    "help.template": (
        "Upisuje prazan registar kao radnu svesku: naslovi, liste za izbor, beleške i list sa "
        "pomoći, na jednom od jezika."
    ),
    "short.template": "Prazan registar za popunjavanje, kao radna sveska.",
    "help.template.lang": "Jezik radne sveske: en, sq, sr-Latn ili sr-Cyrl.",
    "help.template.municipality": (
        "Opština koja se sama popunjava u svakom redu."
    ),
    "help.template.output": (
        "Gde da se upiše: datoteka koja se završava na .xlsx i još ne postoji."
    ),
    "help.exit.template": "Izlazni kodovi: 0 u redu, 2 pogrešna upotreba.",
    "help.mapping": (
        "Značenje reči sa lista koji kancelarija vodi na svoj način."
    ),
    "help.mapping.suggest": (
        "Predlaže šta znače naslovi i vrednosti tabele ili CSV datoteke, kao izjave koje treba "
        "proveriti i sačuvati pored nje. Predlaže se samo ono što je verovatno; što ostaje "
        "otvoreno navodi se."
    ),
    "help.mapping.lang": "Jezik napomena: en, sq, sr-Latn ili sr-Cyrl.",
    "error.template.exists": (
        "{path} već postoji i možda je popunjeno; ne prepisuje se. Navedite drugu datoteku."
    ),
    "error.template.ending": (
        "{path} se ne završava na .xlsx, kao radna sveska. Upišite -o register.xlsx."
    ),
    "error.mapping.format": (
        "{path} nije tabela ni CSV, pa u njoj nema reči kancelarije. Navedite .xlsx, .ods ili "
        ".csv datoteku."
    ),
    "error.mapping.read": "{path} ne može da se pročita: {why}",
}
