"""Names as one hears in a school yard in The Hague, by origin of the family; persons made from them are invented.

A surname is written "voorvoegsel|achternaam" when it has a prefix, because EDEXML keeps the prefix apart.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Names of one origin; `weight` is its share in the school in per cent."""

    weight: int
    girls: str
    boys: str
    women: str
    men: str
    surnames: str


ORIGINS: tuple[Origin, ...] = (
    Origin(
        38,
        "Emma Sophie Julia Mila Tess Zoë Saar Lotte Fenna Nora Lieke Evi Anna Maud Sara Isa Fleur Roos Elin Lynn Olivia"
        " Fien Lauren Vera Jasmijn Puck Floor Linde Merel Bo Rosalie Veerle Hannah Isabel Noëlle Loïs Guusje Femke Jet",
        "Lucas Levi Finn Luuk James Bram Mees Thijs Siem Jesse Hugo Lars Ties Tijn Floris Jens Ruben Julian Stijn Gijs"
        " Teun Olivier Boaz Sven Casper Joris Morris Pim Sepp Thomas Max Owen Guus Job Cas Jurre Hidde Senn Dex Koen",
        "Marieke Linda Sanne Esther Wendy Ilse Petra Judith Manon Kirsten Femke Angela Renske Inge Bianca Laura Nicole"
        " Mirjam Carolien Joyce Chantal Marloes Anouk Sabine Eveline Suzanne Karin Daphne",
        "Jeroen Mark Erik Martijn Bas Peter Wouter Dennis Michiel Sander Robert Marco Niels Arjan Frank Jasper Ronald"
        " Maarten Edwin Patrick Tim Remco Vincent Joost Richard Stefan Johan Pieter",
        "de|Jong de|Vries van den|Berg Bakker Visser Smit de|Boer Mulder Bos Vos Peters Hendriks van|Leeuwen Dekker"
        " van|Dijk de|Wit Dijkstra Smits de|Graaf van der|Linden Kok Jacobs van der|Heijden Vermeulen van den|Broek"
        " de|Bruin Schouten van|Beek Willems Hoekstra Koster Verhoeven Prins Blom Huisman Kuiper van|Veen Post Kuipers"
        " Veenstra Kramer van den|Bosch van|Wijk Groen Gerritsen Bosman van|Loon Zwart van der|Zwan Spaans Pronk"
        " den|Heijer Knoester Vrolijk van 't|Hof ter|Horst de|Rooij van der|Toorn Taal Rog Roeleveld Korving",
    ),
    Origin(
        13,
        "Elif Defne Zeynep Azra Ecrin Esila Beyza Nisa Asya Ela Melisa Ceylin Irem Sude Meryem",
        "Emir Kerem Mert Eymen Yiğit Ömer Miraç Deniz Arda Kaan Emre Burak Ali Mustafa Ayaz Taha",
        "Ayşe Fatma Hülya Sevgi Özlem Songül Gülsüm Derya Esra Filiz Zehra Sibel Nurcan",
        "Mehmet Hasan Murat Ahmet Hüseyin Serkan Orhan Yusuf Ibrahim Ümit Cemal Fatih Erkan",
        "Yilmaz Kaya Şahin Çelik Yıldız Öztürk Aydin Arslan Doğan Kiliç Aslan Çetin Koç Kurt Özdemir Polat Korkmaz"
        " Güneş Avci Bulut Erdoğan Karaca Tekin Bozkurt",
    ),
    Origin(
        13,
        "Yasmina Safae Inaya Salma Nour Imane Hiba Lina Malak Amina Soumaya Douae Ranya Hafsa Assia Jannah",
        "Adam Ayoub Ilyas Bilal Rayan Anas Zakaria Hamza Ismaïl Younes Sami Nassim Imran Walid Reda Soufiane",
        "Fatiha Naima Samira Karima Hanane Loubna Malika Souad Latifa Nadia Rachida Ilham",
        "Mohamed Said Rachid Hassan Abdel Karim Mustapha Khalid Driss Noureddine Omar Jamal",
        "El|Amrani El|Idrissi Bouzidi Ben|Haddou El|Khattabi Amezian Ouali Achahbar El|Morabet Benali Azzouzi"
        " El|Yaakoubi Boukhari Haddad Chaoui Tahiri Bouchtaoui El|Hamdaoui Aarab Zerouali Oulad|Ali Mansouri Bakkali",
    ),
    Origin(
        10,
        "Shanaya Priya Anjali Diya Roshni Kiara Anaïsha Ishani Jayani Shreya Alisha Devika",
        "Aryan Dhiraj Rahul Viraj Ishaan Ravi Jaydev Ashwin Shiv Rohan Nirav Krish",
        "Sharda Anita Rita Indra Sunita Vidya Radjin Kavita Asha Soeshma",
        "Rabin Anil Soerin Radj Vinod Dewin Sanjay Kewal Rishi Prem",
        "Ramdin Bissesar Jagroep Kalloe Mahabier Ramcharan Sewnandan Bhagwandin Baldew Autar Gopal Jhinkoe Lachman"
        " Mohan Oemrawsingh Parag Raghoebir Sital Tewarie Soekhai Badloe Ganpat",
    ),
    Origin(
        6,
        "Jaylinn Chenoa Shaniqua Naomi Gwenaëlle Djanaira Zoëlle Faith",
        "Jaïro Dwayne Xavi Quincy Ruëll Gianni Jermaine Jaden",
        "Sylvana Marlene Jenny Muriël Gracia Astrid Ingrid",
        "Orlando Ruben Steven Iwan Glenn Humphrey Melvin",
        "Kromosoeto Pinas Wijngaarde Vrede Landveld Amatdjais Blokland Seedorf Kartosen Zschuschen"
        " Leeflang Breinburg Doelwijt Misiekaba",
    ),
    Origin(
        5,
        "Shurandy Chayenne Rihanna Nayeli Jahlisa Zuleika Amaya",
        "Jaydan Rayvon Kyan Divaïro Juwensley Shaquille Mishael",
        "Ludwina Marisol Sharlène Xiomara Judeska Migdalia",
        "Elvis Rignald Jurgen Edsel Franklin Curtley",
        "Martina Maria Martis Felicia Winklaar Cijntje Isenia Mathilda Rosalia Balentien Koeiman Sambo Pieternella",
    ),
    Origin(
        6,
        "Zuzanna Maja Lena Oliwia Amelia Hanna Zofia Nikola Wiktoria",
        "Jakub Kacper Antoni Filip Michał Szymon Oskar Tymon Aleksander",
        "Agnieszka Katarzyna Małgorzata Joanna Monika Ewelina Beata",
        "Piotr Tomasz Krzysztof Marcin Paweł Grzegorz Łukasz",
        "Nowak Wójcik Kamiński Lewandowski Zieliński Wiśniewski Dąbrowski Mazur Krawczyk Piotrowski Pawlak Wróbel",
    ),
    Origin(
        3,
        "Abena Akua Ama Gifty Nana Precious",
        "Kwame Kofi Kojo Emmanuel Nathaniel Yaw",
        "Comfort Vida Grace Abigail Mercy",
        "Samuel Daniel Isaac Ebenezer Prince",
        "Mensah Owusu Boateng Asante Osei Appiah Agyemang Amponsah Darko Opoku",
    ),
    Origin(
        4,
        "Rima Layan Sham Jana Tala Maryam Selam Bisrat Hodan Ifrah",
        "Omar Zaid Karam Laith Abdi Yonas Nahom Mahir Taim Khalil",
        "Rania Hala Abeer Rahel Fadumo Nasra",
        "Firas Bassam Tekle Abdullahi Hisham Amanuel",
        "Al|Hassan Al|Masri Khoury Shaaban Darwish Tesfay Ghebremedhin Warsame Farah Kidane Al|Omar Issa",
    ),
    Origin(
        2,
        "Raya Viktoria Emily Mei Xinyi Sofia",
        "Nikolay Aleks Kevin Leon Junhao Georgi",
        "Desislava Elena Li Xiaoyan Iva",
        "Dimitar Wei Hristo Jian Plamen",
        "Dimitrov Georgieva Chen Wong Zhou Ivanov Petrov Hu",
    ),
)


def split(surname: str) -> tuple[str, str]:
    """A surname of the lists as (voorvoegsel, achternaam)."""
    infix, bar, last = surname.partition("|")
    return (infix, last) if bar else ("", surname)


def surnames(origin: Origin) -> list[tuple[str, str]]:
    """The surnames of an origin; a prefix of two words ("van der") belongs to the word with the bar."""
    found: list[tuple[str, str]] = []
    prefix: list[str] = []
    for word in origin.surnames.split(" "):
        if "|" in word or word[:1].isupper():
            found.append(split(" ".join([*prefix, word])))
            prefix = []
        elif word:
            prefix.append(word)
    return found
