// The executor's second thread. It stops the main thread when that cannot hear an interrupt itself, and ends the process group
// when the supervisor is gone while the main thread is busy. It also sends the text that the main thread has gathered.
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { encodeMessage, FrameReader } from '../wire/frames.js';
import { CONTROL_FD, type ControlOrder, type ControlReport } from '../wire/messages.js';
import { ReportChannel, type SharedReports } from '../wire/report-channel.js';

const PATIENCE_MS = 100;
const GATHERING_MS = 5;
const FAREWELL_MS = 1000;

const reports = new ReportChannel(workerData as SharedReports, () => {});
parentPort?.on('message', () => setTimeout(() => reports.flush(), GATHERING_MS));
const supervisor = new Socket({ fd: CONTROL_FD, readable: true, writable: true });
const reader = new FrameReader(frame => {
  if (frame.kind === 'message') {
    watch(frame.message as unknown as ControlOrder);
  }
});
supervisor.on('data', chunk => reader.push(chunk));
supervisor.on('error', () => {});
supervisor.on('close', () => setTimeout(endGroup, FAREWELL_MS));

// Again and again, because a loop may start again in the next timer before the main thread reads its orders.
function watch(order: ControlOrder): void {
  setTimeout(() => {
    if (reports.interruptSeen < order.id) {
      reports.noteTermination(order.id);
      reports.hold();
      terminateMainThread(() => {
        reports.release();
        const report: ControlReport = { kind: 'terminated', id: order.id };
        supervisor.write(encodeMessage(report));
        watch(order);
      });
    }
  }, PATIENCE_MS);
}

// Connected for this alone: a process that ends while a session is connected says on stderr that it waits for a debugger.
function terminateMainThread(done: () => void): void {
  const mainThread = new Session();
  mainThread.connectToMainThread();
  mainThread.post('Runtime.terminateExecution', () => {
    mainThread.disconnect();
    done();
  });
}

function endGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}
