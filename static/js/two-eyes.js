// Every behaviour of every page. Each module watches for its own data attributes.
import "./theme-switch.js";
import "./shortcuts.js";
import "./menus.js";
import "./dialogs.js";
import "./focus.js";
import "./toasts.js";
import "./requests.js";
import "./search.js";
import "./choices.js";
import "./conflicts.js";
import "./draft.js";
import "./folds.js";
import "./picks.js";
import "./cells.js";
import "./grid.js";
import "./tabs.js";
