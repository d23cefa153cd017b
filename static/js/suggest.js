// Suggestions for the search fields of a page that is not the search page.
import { connect } from "./combobox.js";
import { connectLocate } from "./locate.js";

connect();
connectLocate();
