// Entry of the decision page as the board serves it.
import type { DecisionPageData } from '../../../contract/decide/decision-page.js';
import { showDecisionPage } from './decision/decision-page.js';
import { deliver, follow } from './parts/line.js';
import { readData } from './parts/read-data.js';

const data = readData<DecisionPageData>();
const main = document.querySelector('main');
if (data && main) {
  void showDecisionPage(main, data, { follow, deliver });
}
