// The comm `launchbook.outputs` of one notebook. While it is connected, it tells the kernel at intervals that the page is still there.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { OutputSpan } from '../../contract/notebook/output.js';
import {
  OUTPUTS_COMM,
  OUTPUTS_COMM_PATIENCE_MS,
  type OutputsAnswer,
  type OutputsRequest,
  type WantedOutputs
} from '../../contract/comms/outputs-comm.js';
import { KernelChannel } from '../kernel/kernel-channel.js';

export interface OutputsChannelPort {
  received(spans: readonly OutputSpan[]): void;
  /** A new comm is open: nothing is followed on it yet. */
  connected(): void;
}

export class OutputsChannel {
  constructor(sessionContext: ISessionContext, port: OutputsChannelPort) {
    this.channel = new KernelChannel<OutputsRequest, OutputsAnswer>(sessionContext, {
      target: OUTPUTS_COMM,
      received: answer => port.received(answer.spans),
      connected: () => {
        this.tell(true);
        port.connected();
      },
      lost: () => this.tell(false)
    });
  }

  get isConnected(): boolean {
    return this.channel.isConnected;
  }

  dispose(): void {
    this.tell(false);
    this.channel.dispose();
  }

  /** Asks for these attempts and everything that comes of them. */
  follow(wanted: readonly WantedOutputs[]): void {
    this.channel.send({ type: 'follow', wanted });
  }

  private readonly channel: KernelChannel<OutputsRequest, OutputsAnswer>;
  private timer = 0;

  /** Runs only while there is a kernel to tell. */
  private tell(shouldTell: boolean): void {
    window.clearInterval(this.timer);
    this.timer = shouldTell
      ? window.setInterval(() => this.channel.send({ type: 'here' }), OUTPUTS_COMM_PATIENCE_MS / 3)
      : 0;
  }
}
