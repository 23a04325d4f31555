// The page was asked for on paper: open the print window at once. Without this file the button and Ctrl+P do it.
"use strict";

window.addEventListener("load", () => window.print());
