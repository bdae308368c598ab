// Entry of the page of a checklist or a task list.
import type { ListPageData } from '../../../contract/decide/decision-page.js';
import { showListPage } from './list/list-page.js';
import { readData } from './parts/read-data.js';

const data = readData<ListPageData>();
const main = document.querySelector('main');
if (data && main) {
  showListPage(main, data);
}
