/** Every page: styles, and the small things that make forms and menus kinder. All pages work without this file. */
import "./styles/main.scss";
import "./assets/mark.svg";

import { autosubmit } from "./enhance/autosubmit";
import { busy } from "./enhance/busy";
import { confirmations } from "./enhance/confirm";
import { focusErrors } from "./enhance/errors";
import { find } from "./enhance/find";
import { folded } from "./enhance/folded";
import { menus } from "./enhance/menus";
import { once } from "./enhance/once";
import { stack } from "./enhance/stack";
import { unsaved } from "./enhance/unsaved";

document.documentElement.classList.add("js");
menus(document);
stack(document);
folded(document);
find(document);
autosubmit(document);
unsaved(document); // before `once`: it must see the submit first
confirmations(document);
once(document);
busy(document);
focusErrors(document);

// pages that exchange parts of themselves carry hx- attributes; the others do not load the library
if (document.querySelector("[hx-get],[hx-post],[hx-put],[hx-patch],[hx-delete],[hx-boost]")) {
  void import("./enhance/exchange").then(({ exchange }) => exchange());
}
