// The comm `launchbook.run` of one notebook, opened again whenever the kernel or the connection is new.
// A page never closes its comm when it goes away, so the hello carries an id of the page and the kernel drops older ones.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { RUN_COMM, type ClientMessage, type KernelMessage, type RunHello } from '../../contract/comm.js';
import { isOurs, waitMs, whenRouted } from '../our-kernel.js';

const KERNEL_PATIENCE_MS = 3000;

/** What the channel needs and tells. */
export interface RunChannelPort {
  hello(): Promise<RunHello>;
  received(message: KernelMessage): void;
  /** No kernel of ours is connected any more. Also called once when there was none at the start. */
  lost(): void;
}

export class RunChannel implements IDisposable {
  constructor(
    private readonly sessionContext: ISessionContext,
    private readonly port: RunChannelPort
  ) {
    sessionContext.kernelChanged.connect(this.onKernel, this);
    sessionContext.statusChanged.connect(this.onStatus, this);
    sessionContext.connectionStatusChanged.connect(this.onConnection, this);
    void this.begin();
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      Signal.clearData(this);
      this.drop(true);
    }
  }

  /** Sends when connected; false otherwise. */
  send(message: ClientMessage): boolean {
    if (!this.comm || this.comm.isDisposed) {
      return false;
    }
    this.comm.send(message as unknown as JSONObject, undefined, undefined, true);
    return true;
  }

  /** Opens a new comm, which brings the whole state. */
  async connect(): Promise<void> {
    this.drop(true);
    const turn = ++this.turn;
    const kernel = this.sessionContext.session?.kernel;
    if (!kernel || !kernel.handleComms || !(await isOurs(kernel))) {
      if (turn === this.turn && !this.disposed) {
        this.port.lost();
      }
      return;
    }
    const hello = await this.port.hello();
    if (turn !== this.turn || this.disposed || kernel.isDisposed) {
      return;
    }
    const comm = kernel.createComm(RUN_COMM);
    this.comm = comm;
    await whenRouted(kernel, comm);
    if (turn !== this.turn || comm.isDisposed) {
      comm.dispose();
      return;
    }
    comm.onMsg = message => this.port.received(message.content.data as unknown as KernelMessage);
    comm.onClose = () => this.onCommClosed(comm);
    comm.open(hello as unknown as JSONObject);
  }

  private comm: Kernel.IComm | null = null;
  private disposed = false;
  /** Counts attempts to connect, so that an older one that is still waiting gives up. */
  private turn = 0;
  private wasCut = false;

  /** A notebook that is being opened gets its kernel in a moment; only after that it is known to have none. */
  private async begin(): Promise<void> {
    const { sessionContext } = this;
    await Promise.race([sessionContext.ready.catch(() => undefined), waitMs(KERNEL_PATIENCE_MS)]);
    if (this.turn === 0 && !this.disposed) {
      await this.connect();
    }
  }

  private onKernel(
    _context: ISessionContext,
    change: { readonly newValue: Kernel.IKernelConnection | null }
  ): void {
    if (change.newValue || this.sessionContext.isReady) {
      void this.connect();
    }
  }

  private onStatus(_context: ISessionContext, status: Kernel.Status): void {
    if (GONE.has(status)) {
      this.turn++;
      this.drop(false);
      this.wasCut = true;
      this.port.lost();
    } else if (this.wasCut && (status === 'idle' || status === 'busy')) {
      this.wasCut = false;
      void this.connect();
    }
  }

  private onConnection(_context: ISessionContext, status: Kernel.ConnectionStatus): void {
    if (status === 'connected' && this.wasCut) {
      this.wasCut = false;
      void this.connect();
    } else if (status === 'connecting' || status === 'disconnected') {
      this.wasCut = true;
    }
  }

  private onCommClosed(comm: Kernel.IComm): void {
    if (this.comm === comm) {
      this.comm = null;
      this.port.lost();
    }
  }

  /** A kernel that lives is told, so that it keeps no comm of a page that has another one. */
  private drop(lives: boolean): void {
    const comm = this.comm;
    this.comm = null;
    if (!comm || comm.isDisposed) {
      return;
    }
    comm.onMsg = () => undefined;
    comm.onClose = () => undefined;
    if (lives && LIVING.has(this.sessionContext.session?.kernel?.status ?? 'unknown')) {
      comm.close();
    } else {
      comm.dispose();
    }
  }
}

const GONE: ReadonlySet<Kernel.Status> = new Set<Kernel.Status>([
  'restarting',
  'autorestarting',
  'dead',
  'terminating'
]);

const LIVING: ReadonlySet<Kernel.Status> = new Set<Kernel.Status>(['idle', 'busy']);
