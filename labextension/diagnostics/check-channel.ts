// The comm `launchbook.check` of one notebook: opened anew with each kernel of ours, absent with every other one.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { CHECK_COMM, type CheckAnswer, type CheckRequest } from '../../contract/check-comm.js';
import { isOurs, whenRouted } from '../our-kernel.js';

export interface CheckChannelPort {
  answered(answer: CheckAnswer): void;
  /** A kernel of ours is there, fresh: nothing has been asked of it. */
  connected(): void;
  lost(): void;
}

export class CheckChannel implements IDisposable {
  constructor(
    private readonly sessionContext: ISessionContext,
    private readonly port: CheckChannelPort
  ) {
    sessionContext.kernelChanged.connect(this.connect, this);
    sessionContext.statusChanged.connect(this.onStatus, this);
    void this.connect();
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      Signal.clearData(this);
      this.drop();
    }
  }

  /** Sends when connected; false otherwise. */
  send(request: CheckRequest): boolean {
    if (!this.comm || this.comm.isDisposed) {
      return false;
    }
    this.comm.send(request as unknown as JSONObject);
    return true;
  }

  private comm: Kernel.IComm | null = null;
  private disposed = false;
  private wasRestarted = false;
  /** Counts attempts to connect, so that an older one that is still waiting gives up. */
  private turn = 0;

  private async connect(): Promise<void> {
    this.drop();
    const turn = this.turn;
    const kernel = this.sessionContext.session?.kernel;
    if (!kernel || !kernel.handleComms || !(await isOurs(kernel).catch(() => false))) {
      return;
    }
    if (turn !== this.turn || this.disposed || kernel.isDisposed) {
      return;
    }
    const comm = kernel.createComm(CHECK_COMM);
    await whenRouted(kernel, comm);
    if (turn !== this.turn || this.disposed || comm.isDisposed) {
      comm.dispose();
      return;
    }
    this.comm = comm;
    comm.onMsg = message => this.port.answered(message.content.data as unknown as CheckAnswer);
    comm.onClose = () => this.drop();
    comm.open({});
    this.port.connected();
  }

  private onStatus(_context: ISessionContext, status: Kernel.Status): void {
    if (status === 'restarting' || status === 'autorestarting' || status === 'dead') {
      this.wasRestarted = true;
      this.drop();
    } else if (this.wasRestarted && (status === 'idle' || status === 'busy')) {
      this.wasRestarted = false;
      void this.connect();
    }
  }

  private drop(): void {
    const comm = this.comm;
    this.comm = null;
    this.turn++;
    if (comm) {
      comm.onMsg = () => undefined;
      comm.onClose = () => undefined;
      comm.dispose();
      this.port.lost();
    }
  }
}
