// How blocks of shell are read that are easily read wrongly: what becomes of each, in one word or in the line of the step.
import { expect, test } from '@jest/globals';
import { lookalikeFault } from '../../../runbook/shell/refused-signs.js';
import { convertBlock } from '../../../lifecycle/import/shell/convert-block.js';
import { asciiOf, lookalikeIn } from '../../../lifecycle/import/shell/lookalikes.js';
import { Placeholders } from '../../../lifecycle/import/shell/placeholders.js';
import { looksTyped } from '../../../lifecycle/import/shell/prompts.js';
import { Session } from '../../../lifecycle/import/shell/session.js';

/** The step, `script`, or why the block is left to a person. */
async function readingOf(...blocks: string[]): Promise<{ readonly step: string; readonly guesses: string }> {
  const [session, placeholders] = [new Session(), new Placeholders()];
  let made = { step: '', guesses: '' };
  for (const [index, text] of blocks.entries()) {
    const block = { text, number: index + 1, line: 1, isLabelled: true };
    const read = await convertBlock(block, session, placeholders);
    made =
      read.kind === 'step'
        ? {
            step: read.code.startsWith('const script =') ? 'script' : read.code,
            guesses: read.guesses.join('; ')
          }
        : { step: `by hand: ${read.reason}`, guesses: '' };
  }
  return made;
}

test.each([
  // Words that a shell would divide, drop or fill in.
  ['HOSTS="web-1 web-2"\nuptime $HOSTS', 'script'],
  ['FLAG=\nship $FLAG now', 'script'],
  ['FILES="*.log"\nrm $FILES', 'script'],
  ['NAME="a b"\necho "$NAME"', 'const name: string = \'a b\';\nawait $`echo "${name}"`;'],
  ['A=1\nA=2\necho $A', 'script'],
  ["echo 'a\\\n  b' c\\\nd", "await $`echo 'a\\\n  b' c\\\nd`;"],
  // Names that are taken.
  [
    'VERSION=1\nship $VERSION <version>',
    "const version2: string = '1';\nawait $`ship ${version2} ${version}`;"
  ],
  ['RELEASE=1\nship $RELEASE', "const releaseValue: string = '1';"],
  ['CLASS=1\nship $CLASS', "const class2: string = '1';"],
  ['FOO_BAR=1\nfooBar=2', "const fooBar: string = '1';\nconst fooBar2: string = '2';"],
  // Output that looks like a command.
  ['git status\nOn branch main', 'by hand: “On branch main” reads as something that was printed'],
  ['kubectl delete pod x\npod "x" deleted', 'by hand: “pod "x" deleted” reads as'],
  ['kubectl rollout restart deploy/web\ndeployment.apps/web restarted', 'by hand: “deployment.apps/web'],
  ['ls -l\ntotal 12', 'by hand: “total 12” reads as'],
  ['curl -I x\nHTTP/1.1 200 OK', 'by hand: “HTTP/1.1 200 OK” reads as'],
  ['helm upgrade web .\nRelease "web" has been upgraded.', 'by hand: “Release "web" has'],
  ['ls\nhttps://shop.example.com/board', 'by hand: “https://shop.example.com/board” reads as'],
  ['is:issue is:open label:flake', 'by hand: “is:issue is:open label:flake” reads as'],
  ['ship --a=1 \\\n  --b=2 \\\n  --c=3', 'await $`ship --a=1'],
  ['[ -f a ] || touch a', 'script'],
  ['{ one; two; }', 'script'],
  // Prompts of others.
  ['mysql> show tables;', 'by hand: “mysql> show tables;” is typed into another program'],
  ['postgres=# select 1;', 'by hand: “postgres=# select 1;” is typed into'],
  ['>>> import os', 'by hand: “>>> import os” is typed into'],
  ['PS C:\\> dir', 'by hand: “PS C:\\> dir” is typed into'],
  ['$ls -l', 'by hand: $ls is a variable to a shell'],
  ['> kubectl get pods', 'by hand: “> kubectl get pods” empties a file to a shell'],
  ['> /var/log/queue.log', 'script'],
  ["mysql -h <host> -e 'x'", "await $`mysql -h ${host} -e 'x'`;"],
  ['psql -c "x" > out.txt', 'script'],
  ['MariaDB [shop]> show tables;', 'by hand: “MariaDB [shop]> show tables;” is typed into'],
  ['sudo !!', 'by hand: it repeats what somebody has typed'],
  ['^old^new', 'by hand: it repeats what somebody has typed'],
  // Lines that belong together.
  ['$ for a in 1 2; do\n  echo $a\ndone\n1\n2', 'script'],
  ['$ echo a |\n  wc -c\n2', 'await $`echo a`.pipe`wc -c`;'],
  ['helm upgrade a . \\ \n  --wait', 'by hand: a backslash that stands before blanks'],
  ['helm upgrade a . \\   # careful\n  --wait', 'by hand: a backslash that stands before blanks'],
  ['helm upgrade a . \\', 'by hand: a backslash that stands before blanks'],
  ['helm upgrade a . \\\n\n  --wait', 'by hand: a line begins with an option'],
  ['kubectl logs web-…', 'by hand: an ellipsis stands for'],
  ['go test ./...', 'await $`go test ./...`;'],
  // Gaps and what only looks like one.
  ['git tag vX.Y.Z', 'await $`git tag v${release}`;'],
  ['git clone git@host:{YOUR_NAME}/shop', 'await $`git clone git@host:${name}/shop`;'],
  ['export MY_REGION=eu\nship $MY_REGION', "const myRegion: string = 'eu';"],
  ['ship $YOUR_NAME', 'await $`ship ${yourName}`;'],
  ['ls # see https://docs.example.com/ls', 'await $`ls`; // see https://docs.example.com/ls'],
  ['merge <PR#>', 'await $`merge ${pr}`;'],
  ['login ${{ secrets.NAME }}', 'const secretsName = await secret('],
  ["docker ps --format '{{.Names}}'", "await $`docker ps --format '{{.Names}}'`;"],
  ['export NAME="Enter your name"\nship $NAME', 'const name2: string = `${name}`;'],
  ['export NAME=Enter your name\nship "$NAME"', 'const name2: string = `${name}`;'],
  ['ssh ops@web.prod.example.com uptime', 'await $`ssh ops@${webProdExampleCom} uptime`;'],
  // Who waits for a person, and who does not.
  ['sudo -i', 'by hand: what follows is typed by another user'],
  ['exit', 'by hand: exit ends the shell'],
  ['$EDITOR a.yml', 'by hand: $EDITOR waits for somebody'],
  ['RAILS_ENV=production bin/rails console', 'by hand: bin/rails waits for somebody'],
  ['sudo -u ann ls', 'await $`sudo -u ann ls`;'],
  ['docker exec -it web bash', 'by hand: docker waits for somebody to type'],
  ['docker exec web bash', 'by hand: docker waits for somebody to type: it opens a shell'],
  ['oc rsh web', 'by hand: oc waits for somebody to type: it opens a shell'],
  ['read -p "Name: " NAME', 'by hand: read waits for somebody'],
  ['docker login registry', 'by hand: docker asks before it does it'],
  [
    'docker login -u ann --password-stdin registry',
    'await $`docker login -u ann --password-stdin registry`;'
  ],
  ['vault login -method=aws', 'await $`vault login -method=aws`;'],
  ['aws configure', 'by hand: aws asks'],
  ['aws configure list', 'await $`aws configure list`;'],
  ['mysqldump -u root -p shop > a.sql', 'by hand: mysqldump asks for a password'],
  ['ansible-playbook site.yml -K', 'by hand: ansible-playbook asks'],
  ['git tag -a v1', 'by hand: git waits'],
  ['git tag -a v1 -m "v1"', 'await $`git tag -a v1 -m "v1"`;'],
  ['sqlite3 shop.db', 'by hand: sqlite3 waits'],
  ['sqlite3 shop.db "select 1"', 'await $`sqlite3 shop.db "select 1"`;'],
  ['docker inspect -f x web', 'await $`docker inspect -f x web`;'],
  ['kubectl get -f a.yml', 'await $`kubectl get -f a.yml`;'],
  ['kubectl edit deploy web', 'by hand: kubectl waits for somebody to type'],
  ['git commit', 'by hand: git waits for somebody to type'],
  ['git commit -am "x"', 'await $`git commit -am "x"`;'],
  ['psql shop', 'by hand: psql waits for somebody to type'],
  ['psql shop < a.sql', 'script'],
  ['terraform apply', 'by hand: terraform asks before it does it'],
  ['terraform apply plan.out', 'await $`terraform apply plan.out`;'],
  ['apt-get install nginx', 'by hand: apt-get asks before it does it'],
  ['apt-get install -y nginx', 'await $`apt-get install -y nginx`;'],
  ['docker compose up', 'by hand: docker never ends by itself'],
  ['docker compose up -d', 'await $`docker compose up -d`;']
])('%j', async (block, reading) => {
  expect((await readingOf(block)).step.slice(0, reading.length)).toBe(reading);
});

test.each([
  [['git tag v{version}'], '“{version}” may be a gap to fill in'],
  [['kubectl apply -f - <<EOF\nimage: web:<VERSION>\nEOF'], '“<VERSION>” may be a gap to fill in'],
  [['git checkout release-1.xx'], '“xx” may be a gap'],
  [['login --id your_client_id'], '“your_client_id” may be a gap'],
  [['tee a.xml <<EOF\n<a>1</a>\nEOF'], ''],
  [['test -f a && rm a'], 'a test decides whether the rest is done'],
  [['[ -f a ] && rm a\nls'], ''],
  [['a | grep -q b && rm a'], 'a test decides whether the rest is done'],
  [['db-1:~ # ls'], 'the prompt names the machine db-1'],
  [['bash-4.2# ls'], 'the prompt is that of the shell bash-4.2'],
  [['V=$(git describe)', 'git tag $V'], '$V is set by an earlier script, and ended with it'],
  [['export V=1', 'V=2 && for i in 1; do :; done', 'git tag $V'], '$V is set by an earlier script'],
  [['git tag $V'], 'the document sets $V nowhere, so it is a parameter'],
  [['ship VERSION'], '“VERSION” may be a gap'],
  [['ship [-n namespace]'], '“[-n namespace]” may be a gap'],
  [['ship <VERSION>'], ''],
  [['$ ls\n# rm -rf old'], '“# rm -rf old” may be typed by root, and is a comment here'],
  [['# rm -rf old'], '“# ” before a program is read as the prompt of root'],
  [['su - teahouse', 'ls'], '“su - teahouse” before it opens a shell elsewhere'],
  [['ssh <host>', 'ls'], '“ssh <host>” before it opens a shell elsewhere'],
  [['docker exec -it web bash', 'ls', 'pwd'], ''],
  [['ssh web-1', 'ls', 'exit', 'pwd'], ''],
  [['cd <folder>\nls'], 'variables and folders that the script sets end with this step'],
  [['alias k=kubectl'], 'variables and folders that the script sets end with this step']
])('%j is guessed', async (blocks, guess) => {
  expect((await readingOf(...blocks)).guesses.slice(0, guess.length || undefined)).toBe(guess);
});

test('the signs of a keyboard are proposed for each that only looks like one of them', () => {
  const signs = Array.from({ length: 0x10_000 }, (_, code) => String.fromCharCode(code)).filter(
    sign => lookalikeFault(sign) !== null && sign !== '\0'
  );
  expect(signs.length).toBeGreaterThan(60);
  expect(signs.filter(sign => lookalikeIn(asciiOf(`a${sign}b`)) !== null)).toEqual([]);
});

test('what a block that is left to a person has set or asked for is no parameter', async () => {
  const [session, placeholders] = [new Session(), new Placeholders()];
  const block = { number: 1, line: 1, isLabelled: true };
  await convertBlock({ ...block, text: 'ssh ops@<host>' }, session, placeholders);
  await convertBlock({ ...block, text: 'cd $DIR && ls' }, session, placeholders);
  expect(placeholders.all).toEqual([]);
});

test.each([
  ['cachectl warm --region eu', true],
  ['certctl renew –webroot -w /var/www', true],
  ['shopctl orders drain web-1 —force', true],
  // Prose, output and code of other languages.
  ['Use cachectl with --region eu', false],
  ['the cache is warmed – slowly', false],
  ['cachectl: unknown option --regoin', false],
  ['warm = cache -- eu', false]
])('%j begins like a command of a program that nobody knows: %p', (text, isTyped) => {
  expect(looksTyped(text)).toBe(isTyped);
});
