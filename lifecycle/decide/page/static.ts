// Entry of the page as one file on a host of pages. The question stands in the fragment of the address, which browsers send to nobody; the
// answer is carried by hand. Without a question it is the enrolment page.
import type { DecisionPageData, EnrolmentPageData } from '../../../contract/decide/decision-page.js';
import { dataOfFragment } from './parts/data-of-fragment.js';
import { showDecisionPage } from './decision/decision-page.js';
import { make } from './parts/element.js';
import { showEnrolmentPage } from './enrolment/enrolment-page.js';
import { readData } from './parts/read-data.js';

const main = document.querySelector('main');
if (main) {
  window.addEventListener('hashchange', () => void show(main));
  void show(main);
}

async function show(main: HTMLElement): Promise<void> {
  try {
    const data = await dataOfFragment<DecisionPageData>(location.hash);
    const enrolment = readData<EnrolmentPageData>();
    if (data?.version === 1) {
      await showDecisionPage(main, data, null);
    } else if (enrolment) {
      showEnrolmentPage(main, enrolment);
    }
  } catch {
    main.replaceChildren(
      make('h1', { text: 'This link is not whole' }),
      make('p', {
        text: 'The question stands in the address itself. Ask for the link again and open all of it.'
      })
    );
  }
}
