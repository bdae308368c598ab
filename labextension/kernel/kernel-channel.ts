// A comm to the kernel of one notebook: opened again with each kernel of ours and each connection, absent with every other kernel.
// A page that is closed cannot close its comms, so the kernel replaces the old comm of a page by itself. A channel that is disposed
// while the kernel is alive closes its comm.
import type { ISessionContext } from '@jupyterlab/apputils';
import { KernelMessage, type Kernel } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { GONE, isOurs, waitMs, whenRouted } from './our-kernel.js';

const KERNEL_PATIENCE_MS = 3000;
const GREETING_PATIENCE_MS = 5000;

/** What a channel needs and tells. `In` is what the kernel sends. */
export interface KernelChannelPort<In> {
  readonly target: string;
  /** What the opening message carries. @default nothing */
  hello?(): Promise<object>;
  received(message: In): void;
  /** The kernel sends something as soon as the comm is open; when nothing comes, it is opened again. @default false */
  readonly isGreeted?: boolean;
  /** The kernel also sends messages to all pages at once, as comm messages with the id `target`. @default false */
  readonly isShared?: boolean;
  /** A new comm is open: the kernel has heard nothing on it yet. */
  connected?(): void;
  /** No kernel of ours is connected any more. Also called once when there was none at the start. `told`: with what it closed the comm. */
  lost?(told?: JSONObject): void;
}

/** `Out` is what the page sends. */
export class KernelChannel<Out extends object, In> {
  constructor(
    private readonly sessionContext: ISessionContext,
    private readonly port: KernelChannelPort<In>
  ) {
    sessionContext.kernelChanged.connect(this.onKernel, this);
    sessionContext.statusChanged.connect(this.onStatus, this);
    sessionContext.connectionStatusChanged.connect(this.onConnection, this);
    void this.begin();
  }

  get isConnected(): boolean {
    return this.comm !== null && !this.comm.isDisposed;
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
    this.drop(true);
  }

  /** Sends when connected; false otherwise. */
  send(message: Out): boolean {
    if (!this.isConnected) {
      return false;
    }
    this.comm!.send(message as unknown as JSONObject);
    return true;
  }

  /** Opens a new comm. */
  async connect(): Promise<void> {
    this.drop(true);
    const turn = ++this.turn;
    const kernel = this.sessionContext.session?.kernel;
    if (!kernel || !kernel.handleComms || !(await isOurs(kernel).catch(() => false))) {
      if (turn === this.turn && !this.isDisposed) {
        this.port.lost?.();
      }
      return;
    }
    if (this.port.isGreeted === true) {
      window.setTimeout(() => this.knockAgain(turn), GREETING_PATIENCE_MS);
    }
    const hello = await this.port.hello?.();
    if (turn !== this.turn || this.isDisposed || kernel.isDisposed) {
      return;
    }
    const comm = kernel.createComm(this.port.target);
    await whenRouted(kernel, comm);
    if (turn !== this.turn || this.isDisposed || comm.isDisposed) {
      comm.dispose();
      return;
    }
    this.comm = comm;
    comm.onMsg = message => {
      this.heard = turn;
      this.port.received(message.content.data as unknown as In);
    };
    comm.onClose = message => this.onCommClosed(comm, message.content.data);
    if (this.port.isShared === true) {
      kernel.iopubMessage.connect(this.onShared, this);
    }
    comm.open((hello ?? {}) as JSONObject);
    this.port.connected?.();
  }

  private comm: Kernel.IComm | null = null;
  private isDisposed = false;
  /** Counts attempts to connect, so that an older one that is still waiting gives up. */
  private turn = 0;
  private wasCut = false;
  /** The attempt to connect on which the kernel has said something. */
  private heard = 0;

  /** What all pages are told counts from the first message to this one: before that, it does not know what it adds to. */
  private onShared(_kernel: Kernel.IKernelConnection, message: KernelMessage.IIOPubMessage): void {
    if (
      KernelMessage.isCommMsgMsg(message) &&
      message.content.comm_id === this.port.target &&
      this.isConnected &&
      this.heard === this.turn
    ) {
      this.port.received(message.content.data as unknown as In);
    }
  }

  private knockAgain(turn: number): void {
    if (turn === this.turn && this.heard !== turn && !this.isDisposed) {
      void this.connect();
    }
  }

  /** A notebook that was just opened gets its kernel a moment later; before that nobody knows whether it will have one. */
  private async begin(): Promise<void> {
    const { sessionContext } = this;
    await Promise.race([sessionContext.ready.catch(() => undefined), waitMs(KERNEL_PATIENCE_MS)]);
    if (this.turn === 0 && !this.isDisposed) {
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
      this.port.lost?.();
    } else if (LIVING.has(status)) {
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

  private onCommClosed(comm: Kernel.IComm, told: JSONObject): void {
    if (this.comm === comm) {
      this.comm = null;
      this.port.lost?.(told);
    }
  }

  private drop(lives: boolean): void {
    const comm = this.comm;
    this.comm = null;
    if (!comm || comm.isDisposed) {
      return;
    }
    comm.onMsg = () => undefined;
    comm.onClose = () => undefined;
    const kernel = this.sessionContext.session?.kernel;
    kernel?.iopubMessage.disconnect(this.onShared, this);
    // A connection that has received nothing yet does not know the status of the kernel, and can close the comm all the same.
    if (lives && kernel && !kernel.isDisposed && !GONE.has(kernel.status)) {
      comm.close();
    } else {
      comm.dispose();
    }
  }
}

const LIVING: ReadonlySet<Kernel.Status> = new Set<Kernel.Status>(['idle', 'busy']);
