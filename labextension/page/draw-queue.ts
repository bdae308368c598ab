// Draws cells in the order they changed, a few milliseconds a frame: Run All changes a thousand of them in one task.
import { pointerOfPage, requestFrame } from './pointer.js';

/** The frames of the page or its idle moments; a test has its own. */
export interface FramePort {
  request(draw: () => void): number;
  cancel(frame: number): void;
  /** Milliseconds, from any beginning. */
  now(): number;
}

const BUDGET_MS = 4;
const IDLE_WITHIN_MS = 300;

export class DrawQueue {
  constructor(
    private readonly draw: (cell: string) => void,
    private readonly port: FramePort = pageFrames
  ) {}

  /** The cell is drawn in one of the next frames, once however often it is added. */
  add(cell: string): void {
    this.cells.add(cell);
    this.frame ??= this.port.request(() => this.drawSome());
  }

  dispose(): void {
    this.cells.clear();
    if (this.frame !== null) {
      this.port.cancel(this.frame);
      this.frame = null;
    }
  }

  private readonly cells = new Set<string>();
  private frame: number | null = null;

  private drawSome(): void {
    this.frame = null;
    const end = this.port.now() + BUDGET_MS;
    for (const cell of this.cells) {
      this.cells.delete(cell);
      this.draw(cell);
      if (this.port.now() >= end) {
        break;
      }
    }
    if (this.cells.size > 0) {
      this.frame = this.port.request(() => this.drawSome());
    }
  }
}

/** The page's idle moments, for drawing that is not urgent: opening a notebook of a thousand cells comes first. */
export const pageIdleTime: FramePort =
  'requestIdleCallback' in globalThis
    ? {
        request: draw => window.requestIdleCallback(whenReleased(draw), { timeout: IDLE_WITHIN_MS }),
        cancel: frame => window.cancelIdleCallback(frame),
        now: () => performance.now()
      }
    : {
        request: draw => window.setTimeout(whenReleased(draw), IDLE_WITHIN_MS),
        cancel: frame => window.clearTimeout(frame),
        now: () => performance.now()
      };

const pageFrames: FramePort = {
  request: requestFrame,
  cancel: frame => window.cancelAnimationFrame(frame),
  now: () => performance.now()
};

function whenReleased(draw: () => void): () => void {
  return () => pointerOfPage().whenReleased(draw);
}
