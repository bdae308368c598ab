// Runs the first code cell of a notebook through a Jupyter server's REST and WebSocket API and says how it ended.
// Needs Node 24 (WebSocket). Input is one JSON object on stdin: { url, token, path, file }.
// Message format: https://jupyter-client.readthedocs.io/en/stable/messaging.html
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';

const WITHIN_MS = 60_000;

const { url, token, path, file } = JSON.parse(await text(process.stdin));
const session = randomUUID();
const cell = JSON.parse(readFileSync(file, 'utf8')).cells.find(candidate => candidate.cell_type === 'code');
const opened = await rest('POST', '/api/sessions', {
  path,
  name: basename(path),
  type: 'notebook',
  kernel: { name: 'launchbook' }
});
try {
  const reply = await execute(opened.kernel.id, [cell.source].flat().join(''), cell.id);
  if (reply.status !== 'ok') {
    console.error(`The first code cell ended with ${reply.status}: ${reply.ename}: ${reply.evalue}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rest('DELETE', `/api/sessions/${opened.id}`);
}

async function rest(method, resource, body) {
  const answer = await fetch(url + resource, {
    method,
    headers: { Authorization: `token ${token}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {})
  });
  if (!answer.ok) {
    throw new Error(`${method} ${resource} was answered with ${answer.status}: ${await answer.text()}`);
  }
  return answer.status === 204 ? undefined : answer.json();
}

function execute(kernel, code, cellId) {
  const address = `${url.replace('http', 'ws')}/api/kernels/${kernel}/channels?session_id=${session}&token=${token}`;
  const socket = new WebSocket(address);
  const request = messageOf('execute_request', {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true
  });
  request.metadata = { cellId };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The kernel did not answer within ${WITHIN_MS / 1000} s.`)),
      WITHIN_MS
    );
    socket.onopen = () => socket.send(JSON.stringify(request));
    socket.onerror = event =>
      reject(new Error(`The kernel's connection failed: ${event.message ?? 'no reason given'}`));
    socket.onclose = () => reject(new Error('The server closed the connection before the cell had ended.'));
    socket.onmessage = event => {
      const message = JSON.parse(event.data);
      if (message.msg_type === 'execute_reply' && message.parent_header.msg_id === request.header.msg_id) {
        clearTimeout(timer);
        resolve(message.content);
      }
    };
  }).finally(() => {
    socket.onclose = null;
    socket.close();
  });
}

function messageOf(type, content) {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    username: 'check',
    session,
    date: new Date().toISOString(),
    version: '5.4'
  };
  return { channel: 'shell', header, parent_header: {}, metadata: {}, content, buffers: [] };
}
