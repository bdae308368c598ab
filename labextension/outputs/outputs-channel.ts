// The comm `launchbook.outputs` of one notebook: opened anew with each kernel of ours and each connection, absent with every other.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import {
  OUTPUTS_COMM,
  OUTPUTS_COMM_PATIENCE_MS,
  type OutputsAnswer,
  type OutputsRequest,
  type WantedOutputs
} from '../../contract/outputs-comm.js';
import type { OutputSpan } from '../../contract/output.js';
import { isOurs, whenRouted } from '../our-kernel.js';

export interface OutputsChannelPort {
  received(spans: readonly OutputSpan[]): void;
  /** A new comm is open: nothing is followed on it yet. */
  connected(): void;
}

export class OutputsChannel implements IDisposable {
  constructor(
    private readonly sessionContext: ISessionContext,
    private readonly port: OutputsChannelPort
  ) {
    sessionContext.kernelChanged.connect(this.connect, this);
    sessionContext.statusChanged.connect(this.onStatus, this);
    sessionContext.connectionStatusChanged.connect(this.onConnection, this);
    void this.connect();
  }

  get isConnected(): boolean {
    return this.comm !== null && !this.comm.isDisposed;
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

  /** Asks for these attempts and everything that comes of them. */
  follow(wanted: readonly WantedOutputs[]): void {
    this.send({ type: 'follow', wanted });
  }

  /** Runs only while there is a kernel to tell. */
  private timer = 0;
  private comm: Kernel.IComm | null = null;
  private disposed = false;
  private wasCut = false;
  /** Counts attempts to connect, so that an older one that is still waiting gives up. */
  private turn = 0;

  private send(request: OutputsRequest): void {
    if (this.isConnected) {
      this.comm!.send(request as unknown as JSONObject);
    }
  }

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
    const comm = kernel.createComm(OUTPUTS_COMM);
    await whenRouted(kernel, comm);
    if (turn !== this.turn || this.disposed || comm.isDisposed) {
      comm.dispose();
      return;
    }
    this.comm = comm;
    comm.onMsg = message => this.port.received((message.content.data as unknown as OutputsAnswer).spans);
    comm.onClose = () => this.drop();
    comm.open({});
    this.timer = window.setInterval(() => this.send({ type: 'here' }), OUTPUTS_COMM_PATIENCE_MS / 3);
    this.port.connected();
  }

  private onStatus(_context: ISessionContext, status: Kernel.Status): void {
    if (status === 'restarting' || status === 'autorestarting' || status === 'dead') {
      this.wasCut = true;
      this.drop();
    } else if (status === 'idle' || status === 'busy') {
      this.reconnect();
    }
  }

  private onConnection(_context: ISessionContext, status: Kernel.ConnectionStatus): void {
    if (status === 'connected') {
      this.reconnect();
    } else {
      this.wasCut = true;
    }
  }

  private reconnect(): void {
    if (this.wasCut) {
      this.wasCut = false;
      void this.connect();
    }
  }

  private drop(): void {
    const comm = this.comm;
    this.comm = null;
    window.clearInterval(this.timer);
    this.turn++;
    if (comm) {
      comm.onMsg = () => undefined;
      comm.onClose = () => undefined;
      comm.dispose();
    }
  }
}
