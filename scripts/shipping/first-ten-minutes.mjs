// docs/guide/first-ten-minutes.md, followed word by word by somebody who has Python, git and a browser, and the wheel instead of a package
// index that has it: each line of its blocks is typed, and each numbered sentence is done in the browser.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import { freePort } from '../serve/free-ports.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { root } from '../set-up/places.mjs';
import { inTemporaryFolder, isHeld } from './cases.mjs';
import { ownWheel } from './environments.mjs';
import { openBrowser, openPage } from './story.mjs';

const PAGE = join(root, 'docs', 'guide', 'first-ten-minutes.md');
const SLOW_MS = 90_000;

/** Prints how long it took. */
export async function proveFirstTenMinutes() {
  return await isHeld('docs/guide/first-ten-minutes.md', () => inTemporaryFolder(follow));
}

async function follow(home) {
  const text = readFileSync(PAGE, 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines]) => lines);
  const sentences = [...text.matchAll(/^\d+\. (.*)$/gm)].map(([, sentence]) => sentence);
  const opening = blocks.findIndex(block => block.startsWith('jupyter lab '));
  expect(opening).toBeGreaterThan(0);
  expect(sentences.length).toBeGreaterThan(5);
  const shell = await startShell(home);
  try {
    for (const block of blocks.slice(0, opening)) {
      await shell.type(block);
    }
    const port = await freePort();
    // The browser that opens by itself is replaced by ours, and root has to say that it is root.
    const words = `--no-browser --allow-root --ServerApp.port=${port} --IdentityProvider.token=`;
    const server = await shell.begin(`${blocks[opening].trim()} ${words}`);
    await answers(`http://127.0.0.1:${port}/api/status`);
    // A server that is given a file serves the folder of that file.
    const path = basename(blocks[opening].trim().split(' ').at(-1));
    const browser = await openBrowser(await findChromium());
    try {
      const { page } = await openPage(browser, `http://127.0.0.1:${port}/lab/tree/${path}`, {
        endsTour: false
      });
      for (const sentence of sentences) {
        await act(page, sentence);
      }
    } finally {
      await browser.close();
      await shell.end(server);
    }
    for (const block of blocks.slice(opening + 1)) {
      await shell.type(block);
    }
  } finally {
    await shell.stop();
  }
}

/** What a person does who reads the sentence; every numbered sentence of the page must be one of these. */
async function act(page, sentence) {
  const [, verb, name] = /^(Choose|Press|Tick|Read) _(.+?)_/.exec(sentence) ?? [];
  if (verb === 'Choose') {
    const [menu, item] = name.split(' → ');
    await page.getByRole('menuitem', { name: menu, exact: true }).click();
    await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
  } else if (verb === 'Press') {
    await page.getByRole('button', { name, exact: true }).first().click({ timeout: SLOW_MS });
  } else if (verb === 'Tick') {
    await page.locator('.jp-OutputArea').getByRole('checkbox', { name }).check({ timeout: SLOW_MS });
  } else if (verb === 'Read') {
    await expect(page.getByText(name).filter({ visible: true }).first()).toBeVisible({ timeout: SLOW_MS });
  } else {
    throw new Error(`nobody can follow this sentence: ${sentence}`);
  }
}

/** A shell whose variables and folder stay from one block to the next, as in a terminal. */
async function startShell(home) {
  mkdirSync(join(home, 'work'));
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ann Lee\n\temail = ann@example.org\n');
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(PIP_|https?_proxy|no_proxy|SSL_|REQUESTS_CA)/i.test(name)
  );
  const env = {
    ...Object.fromEntries(kept),
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: home,
    // What an index has once the wheel is published.
    PIP_FIND_LINKS: dirname(ownWheel())
  };
  const shell = spawn('bash', ['--noprofile', '--norc'], {
    cwd: join(home, 'work'),
    env,
    stdio: ['pipe', 'pipe', 'pipe']
  });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on('data', chunk => (said += String(chunk)));
  }
  const until = async pattern => {
    for (const deadline = Date.now() + 400_000; ;) {
      const found = pattern.exec(said);
      if (found !== null) {
        said = '';
        return found;
      }
      if (Date.now() > deadline) {
        throw new Error(`the shell did not come to its end:\n${said}`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  };
  return {
    async type(lines) {
      for (const line of lines.trimEnd().split('\n')) {
        shell.stdin.write(`${line}\necho "ended with $?."\n`);
        const [, code] = await until(/ended with (\d+)\.\n/);
        if (code !== '0') {
          throw new Error(`${line} ended with ${code}`);
        }
      }
    },
    async begin(line) {
      shell.stdin.write(`${line} > ~/server.log 2>&1 & echo "begun as $!."\n`);
      const [, pid] = await until(/begun as (\d+)\.\n/);
      return Number(pid);
    },
    async end(pid) {
      process.kill(pid, 'SIGTERM');
      shell.stdin.write(`wait ${pid}; echo "ended."\n`);
      await until(/ended\.\n/);
    },
    async stop() {
      shell.stdin.end('exit\n');
    }
  };
}

async function answers(address) {
  await expect
    .poll(
      () =>
        fetch(address).then(
          ({ ok }) => ok,
          () => false
        ),
      { timeout: SLOW_MS }
    )
    .toBe(true);
}
