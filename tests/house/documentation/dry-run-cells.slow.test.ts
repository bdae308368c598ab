// The cells of README, guides and pages run as they stand, in a dry run of the real kernel: nothing outside is needed, and every call is
// checked as in a live run.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rounds } from '../../proof.js';
import { fencesIn } from './fences.js';
import { freshRepository, type FreshRepository } from './fresh-repository.js';

let repository: FreshRepository;

beforeEach(() => {
  repository = freshRepository();
});
afterEach(() => repository.remove());

/** What the author of a cell has from earlier cells. */
const EARLIER = `
const status = await slack.post('Release 2.4.0 has begun');
const [url, hosts] = ['http://127.0.0.1:9', ['web-1', 'web-2']];
const rows = [{ _time: '2026-11-22T07:50:00Z', orders: 1, payments: 2 }];
const errors = splunk.search().index('fleet').where({ level: 'ERROR' });
const tasks = await assign('Tasks', [{ task: 'Order a tea', owner: 'ann' }]);
const restart = async (host: string) => $\`restart \${host}\`;
const openChange = async (title?: string) => String(title);
const changes = { open: async ({ title }: { title: string }) => title };
const isReady = async () => true;
`;

const LAUNCHBOOK_YML = `
groups: { qa-lead: [ann], qa: [ann], operations: [bob], support: [bob], incident-lead: [cleo] }
environments:
  staging:
    vars: { ordersUrl: 'http://127.0.0.1:9' }
    splunk: { url: 'http://127.0.0.1:9', token: '\${SPLUNK_TOKEN}', index: fleet }
`;

const CELLS = Map.groupBy(fencesIn('ts'), ({ page }) =>
  page.startsWith('docs/helpers/') ? page : 'README and guides'
);

test.each([...CELLS].slice(0, rounds({ inTest: 1, inProof: CELLS.size })))(
  'the cells of %s',
  async (_, fences) => {
    writeRun(fences.map(({ text }) => text));
    repository.set('SPLUNK_TOKEN', 'a-token-of-nobody');
    const { code, shown } = await repository.type(
      [
        'git init --quiet; git add --all; git commit --quiet -m Begin',
        'launchbook new page.ipynb --release 2.4.0 --env staging --mode dry-run --out runs/page',
        'launchbook run runs/page/page.ipynb'
      ].join('\n')
    );
    expect({ code, shown }).toEqual({ code: 0, shown: expect.stringContaining('✓ passed\n') });
  },
  120_000
);

/** A template of two phases: what was before, and the cells of the page. */
function writeRun(cells: readonly string[]): void {
  const code = (source: string, index: number, tags: readonly string[] = []): object => ({
    id: `cell-${index}`,
    cell_type: 'code',
    metadata: tags.length === 0 ? {} : { tags },
    source,
    outputs: [],
    execution_count: null
  });
  const heading = (id: string, title: string): object => ({
    id,
    cell_type: 'markdown',
    metadata: {},
    source: `## ${title}`
  });
  const notebook = {
    cells: [
      heading('before', 'First batch'),
      code("const release = '2.4.0';\nconst batchSize = 2;", 0, ['parameters']),
      code(EARLIER, 1),
      heading('page', 'The page'),
      ...cells.map((cell, index) => code(cell, index + 2))
    ],
    metadata: { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5
  };
  repository.write('page.ipynb', JSON.stringify(notebook));
  repository.write('launchbook.yml', LAUNCHBOOK_YML);
}
