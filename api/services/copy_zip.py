"""The copy as a zip in memory: pages to read, one file for a program, and the images. Nothing is left on the server.

Names in the zip are ours, never what people typed; pages are escaped and stand alone, without script or link outward.
"""

import io
import json
import zipfile

from api.schemas.copies import CopyContent
from api.security.access import Visit
from frontend.render import as_file
from models.queries.copying import image
from models.queries.scope import Grant
from models.rules.copying import ALWAYS_OUT, LEFT_OUT
from models.rules.retention import OF_A_LEAVER, RULES, in_words

FOLDER = "kopie-kindblad"


def pack(visit: Visit, grant: Grant, content: CopyContent) -> bytes:
    """Write the zip; images are read one by one, so that memory holds one of them at a time beside the zip itself."""
    kept = {kind.label: in_words(RULES[kind].period) for kind in OF_A_LEAVER}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:

        def add(name: str, text: str) -> None:
            file.writestr(f"{FOLDER}/{name}", text)

        title = f"Kopie van wat {content.school} over {content.child} bewaart"
        left_out = [*ALWAYS_OUT, *(f"{reason[:1].upper()}{reason[1:]}." for reason in LEFT_OUT.values())]
        shown = {"copy": content, "left_out": left_out, "kept": kept, "title": title}
        add("lees-dit-eerst.html", as_file("files/copy.html", "copy.css", **shown))
        for subject in content.subjects:
            named = {"subject": subject, "copy": content, "title": f"{subject.title} · {content.child}"}
            add(subject.file, as_file("files/copy_subject.html", "copy.css", **named))
        add("alles.json", json.dumps(content.data, ensure_ascii=False, indent=1))
        for name, image_id in content.images.items():
            picture = zipfile.ZipInfo(f"{FOLDER}/{name}", content.made_on.timetuple()[:6])
            file.writestr(picture, image(visit.connection, grant, image_id), zipfile.ZIP_STORED)
    return out.getvalue()
