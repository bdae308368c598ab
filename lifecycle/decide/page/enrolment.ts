// Entry of the enrolment page as the board serves it.
import type { EnrolmentPageData } from '../../../contract/decide/decision-page.js';
import { showEnrolmentPage } from './enrolment/enrolment-page.js';
import { readData } from './parts/read-data.js';

const data = readData<EnrolmentPageData>();
const main = document.querySelector('main');
if (data && main) {
  showEnrolmentPage(main, data);
}
