// What the language side of the kernel writes into cells, and the executor gives a meaning: how a function reads the names of the notebook
// (docs/decisions/0044).

/** The object in the global scope with an accessor for each name of the notebook. */
export const NAMES_OBJECT = '__launchbookNames';

/** Stands behind a name that a function calls. */
export const CALLED_MARK = `/*${NAMES_OBJECT}*/`;
