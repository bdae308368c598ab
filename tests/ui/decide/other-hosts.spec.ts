// The page where phones find it: behind a proxy with TLS and a certificate of the tests' own authority, and as one file on a host of pages.
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import type * as Assets from '../../../lifecycle/decide/page-assets.js';
import type * as Html from '../../../lifecycle/decide/page-html.js';
import type * as Link from '../../../lifecycle/decide/decision-link.js';
import type * as Data from '../../../lifecycle/decide/page-data.js';
import { expectAccessible } from '../axe.js';
import { keepPicture } from '../picture.js';
import { ROOT } from '../root.js';
import { expect, test } from '../test.js';
import { enrol, expectState, PHONE, startSite } from './decide-site.js';
import { addDevice } from './virtual-device.js';

const load = async <Module>(path: string): Promise<Module> =>
  (await import(pathToFileURL(join(ROOT, 'lib/lifecycle/decide', path)).href)) as Module;
const { loadPageAssets } = await load<typeof Assets>('page-assets.js');
const { staticPageHtml } = await load<typeof Html>('page-html.js');
const { decisionLink } = await load<typeof Link>('decision-link.js');
const { questionOf } = await load<typeof Data>('page-data.js');

const HOST = 'launchbook.example.com';
let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-tls-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=Authority of the tests',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem'
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    `/CN=${HOST}`,
    '-keyout',
    'site.key',
    '-out',
    'site.csr'
  );
  writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${HOST}`);
  openssl(
    'x509',
    '-req',
    '-in',
    'site.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    'names',
    '-out',
    'site.pem'
  );
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A server with the certificate; `answer` gets each request. */
async function serveTls(answer: Parameters<typeof createTlsServer>[1]): Promise<Server> {
  const [cert, key] = ['site.pem', 'site.key'].map(name => readFileSync(join(folder, name)));
  const server = createTlsServer({ cert: cert!, key: key! }, answer);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** A browser that finds the host here, and trusts what the authority of the tests has signed for it. */
function launch() {
  const { publicKey } = new X509Certificate(readFileSync(join(folder, 'site.pem')));
  const pin = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  return chromium.launch({
    executablePath: process.env['LAUNCHBOOK_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${pin}`
    ]
  });
}

test('behind a proxy with TLS, at its own name', { tag: '@proof' }, async () => {
  let target = 0;
  const proxy = await serveTls((asked, response) => {
    const headers = { ...asked.headers, 'x-forwarded-for': '203.0.113.7' };
    const passed = request(
      { host: '127.0.0.1', port: target, path: asked.url, method: asked.method, headers },
      answer => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      }
    );
    passed.on('error', () => response.destroy());
    asked.pipe(passed);
  });
  const origin = `https://${HOST}:${(proxy.address() as AddressInfo).port}`;
  const site = await startSite({}, origin);
  target = site.port;
  const browser = await launch();
  try {
    const { page } = await enrol(await browser.newContext(PHONE), site, 'bob');
    await page.goto(site.address);
    await page.getByRole('button', { name: 'Approve' }).tap();
    await expectState(page, 'counted', /^Counted/);
    expect(site.run.approval().decisions[0]!.signature).toMatchObject({ means: 'passkey', origin });
  } finally {
    await browser.close();
    await site.end();
    proxy.closeAllConnections();
    proxy.close();
  }
});

test(
  'as one file on a host of pages: the question in the address, the answer carried by hand',
  { tag: '@proof' },
  async () => {
    let html = '';
    const asked: string[] = [];
    const host = await serveTls((wanted, response) => {
      asked.push(wanted.url!);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
    });
    const origin = `https://${HOST}:${(host.address() as AddressInfo).port}`;
    const site = await startSite({}, origin);
    const pages = { rpId: HOST, origins: [origin] };
    html = staticPageHtml({ version: 1, ...pages, signers: 'allowed_signers' }, await loadPageAssets());
    const browser = await launch();
    try {
      const context = await browser.newContext({
        ...PHONE,
        permissions: ['clipboard-read', 'clipboard-write']
      });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on(
        'console',
        message =>
          message.type() === 'error' && !message.text().includes('favicon') && faults.push(message.text())
      );
      await addDevice(context, page);
      await page.goto(`${origin}/decide.html`);
      await page.getByLabel('You are').fill('bob');
      await page.getByRole('button', { name: 'Make a passkey' }).click();
      const line = page.getByRole('textbox', { name: 'The line of your passkey' });
      await expect(line).toHaveValue(/^bob namespaces=/);
      site.run.allow(await line.inputValue());
      await page.goto(
        decisionLink(`${origin}/decide.html`, questionOf(site.run.path, { approval: site.run.approval() }))
      );
      await page.reload();
      await page.getByRole('button', { name: 'Approve' }).tap();
      await expectState(page, 'by-hand', /^Signed\. Send this line to the driver/);
      await expectAccessible(page, 'body');
      await keepPicture(page, 'decide-by-hand');
      await page.getByRole('button', { name: 'Copy' }).tap();
      const token = await page.evaluate(() => navigator.clipboard.readText());
      await site.run.signed.take(token);
      expect(await site.run.answer).toMatchObject({ by: { username: 'bob', grade: 'signed' } });
      await page.goto(`${origin}/decide.html#xxxx`);
      await page.reload();
      await expect(page.getByRole('heading', { name: 'This link is not whole' })).toBeVisible();
      // What is asked stays in the browser.
      expect(asked.every(path => !path.includes('QA') && path.length < 40)).toBe(true);
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      await site.end();
      host.closeAllConnections();
      host.close();
    }
  }
);
