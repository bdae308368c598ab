// Puts together the way of outputs and questions from the cells to the clients: masked, kept in the journal, sent.
import type { CellOutput } from '../../../contract/notebook/output.js';
import { UndoOutputs } from '../../../run/going-back/undo-outputs.js';
import { MaskedOutputs } from '../../../run/masking/masked-outputs.js';
import { OutputFiles } from '../../../run/outputs/output-files.js';
import { RecordedOutputs } from '../../../run/outputs/recorded-outputs.js';
import { MessageSender } from '../../core/messages/message-sender.js';
import { Stdin } from '../../core/messages/stdin.js';
import { OUTPUT_LIMIT_BYTES, OutputRouter } from '../../core/outputs/output-router.js';
import type { Transport } from '../../core/ports/ports.js';
import { maskTransport } from '../masking/masked-transport.js';
import type { Profile } from '../../../run/profile/profile.js';
import type { KeptRun } from '../../../run/compose/compose-keeper.js';

/** What it is made from. */
export interface OutputParts extends Pick<KeptRun, 'notebook' | 'masking' | 'keeper' | 'register'> {
  readonly transport: Transport;
  readonly profile: Pick<Profile, 'outputLimitBytes'>;
  readonly log: (line: string) => void;
}

/** What shows and asks. */
export interface ComposedOutputs {
  /** The one from outside, masked. */
  readonly transport: Transport;
  readonly sender: MessageSender;
  readonly router: OutputRouter;
  readonly stdin: Stdin;
  /** Stands before the router. */
  readonly masked: MaskedOutputs;
  readonly undoOutputs: UndoOutputs;
  /** Where the output of a cell goes, whoever has asked for the cell. */
  readonly publish: (cellKey: string, output: CellOutput) => void;
}

/** Makes all of it. */
export function composeOutputs(parts: OutputParts): ComposedOutputs {
  const { notebook, masking, keeper, register, profile, log } = parts;
  const limitBytes = (): number => profile.outputLimitBytes ?? OUTPUT_LIMIT_BYTES;
  const transport = maskTransport(parts.transport, masking);
  const sender = new MessageSender(transport);
  // A console keeps its journal in memory, where recorded outputs would only take room.
  const recorder = notebook && new RecordedOutputs({ keeper, register, limitBytes, log });
  const archive = new OutputFiles({ notebook, register, log });
  const router = new OutputRouter({ sender, limitBytes, archive, recorder, onLog: log });
  const stdin = new Stdin({ sender, flush: key => router.flush(key), onLog: log });
  const masked = new MaskedOutputs(masking, router);
  const undoOutputs = new UndoOutputs({
    masking,
    register,
    recorder,
    flushCell: async key => {
      masked.flush(key);
      await router.flush(key);
    }
  });
  const publish = (key: string, output: CellOutput): void => {
    const kind = register.kindOf(key);
    if (kind !== 'replay') {
      (kind === 'undo' ? undoOutputs : masked).publish(key, output);
    }
  };
  return { transport, sender, router, stdin, masked, undoOutputs, publish };
}
