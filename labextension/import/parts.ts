// What is loaded together when the first command of an import is used.
export { acceptGuess, changeGuess, goToGuess } from './guess-walk.js';
export { chooseDocument, importDocument } from './import-document.js';
export { showReport } from './import-report.js';
