// What help shows, as one part that is loaded when somebody asks for it.
export { cheatSheet } from './cheat-sheet.js';
export { makeCheatSheetView } from './cheat-sheet-view.js';
export { TourCard } from './tour-card.js';
export { Tour, tourSteps } from './tour.js';
