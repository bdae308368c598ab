// A page that looks on does not save the notebook: what it shows may be older than the file, which the driver's page saves, and JupyterLab
// would ask whether to overwrite that. Saving under another name stays possible.
import type { IRunModel } from '../tokens.js';
import { looksOn } from '../run/drives.js';

/** The part of a document's context that saves. `canSave` also says whether it is saved by itself from time to time. */
export interface Saving {
  readonly canSave?: boolean;
  save(): Promise<void>;
}

/** True while the kernel says that somebody else drives. Without a kernel nobody does, and every page may save. */
export function isHeldBack({
  source,
  state,
  session
}: Pick<IRunModel, 'source' | 'state' | 'session'>): boolean {
  return source === 'kernel' && session.you !== null && looksOn(state, session);
}

/**
 * Lets `context` save only while `isHeld` is false; `told` hears of each save that a person asks for in vain.
 *
 * @returns Gives the context back as it was.
 */
export function holdSaves(
  context: Saving,
  { isHeld, told }: { isHeld(): boolean; told(): void }
): () => void {
  // Trick: properties of its own in front of those of the class, which stay as they are.
  const ofClass = Object.getPrototypeOf(context) as object;
  Object.defineProperties(context, {
    canSave: {
      configurable: true,
      get: () => !isHeld() && Reflect.get(ofClass, 'canSave', context) !== false
    },
    save: {
      configurable: true,
      value: async (): Promise<void> => {
        if (isHeld()) {
          told();
        } else {
          await (Reflect.get(ofClass, 'save', context) as Saving['save']).call(context);
        }
      }
    }
  });
  return () => {
    delete (context as { canSave?: boolean }).canSave;
    delete (context as Partial<Saving>).save;
  };
}
