// A page that looks on does not save the notebook: what it shows may be older than the file, which the driver's page saves, and JupyterLab
// would ask whether to overwrite that. Saving under another name stays possible.
import type { IRunModel } from '../tokens.js';
import { looksOn } from '../run/drives.js';
import type { Advice, Version } from './newer-file.js';

/** The part of a document's context that saves. `canSave` also says whether it is saved by itself from time to time. */
export interface Saving {
  readonly canSave?: boolean;
  /** The file as it was read or saved last. */
  readonly contentsModel?: object | null;
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

export interface HoldSavesParts {
  isHeld(): boolean;
  /** Hears of each save that a person asks for in vain. */
  told(): void;
  /** What to do where the page may save. */
  advice(): Promise<Advice>;
  /** Shows what the file has instead of saving. */
  readAgain(): Promise<void>;
}

/**
 * Lets `context` save only while `isHeld` is false, and only what is not older than the file.
 *
 * @returns Gives the context back as it was.
 */
export function holdSaves(context: Saving, { isHeld, told, advice, readAgain }: HoldSavesParts): () => void {
  // Trick: properties of its own in front of those of the class, which stay as they are.
  const ofClass = Object.getPrototypeOf(context) as object;
  /** The version that is saved over, while it is. */
  let over: Version | null = null;
  const saveAs = async (version: Version | null): Promise<void> => {
    over = version;
    try {
      await (Reflect.get(ofClass, 'save', context) as Saving['save']).call(context);
    } finally {
      over = null;
    }
  };
  Object.defineProperties(context, {
    canSave: {
      configurable: true,
      get: () => !isHeld() && Reflect.get(ofClass, 'canSave', context) !== false
    },
    contentsModel: {
      configurable: true,
      get: () => {
        const model = Reflect.get(ofClass, 'contentsModel', context) as object | null;
        return model && over ? { ...model, ...over } : model;
      }
    },
    save: {
      configurable: true,
      value: async (): Promise<void> => {
        if (isHeld()) {
          told();
          return;
        }
        const advised = await advice();
        await (advised.do === 'save' ? saveAs(advised.over) : readAgain());
      }
    }
  });
  return () => {
    delete (context as { canSave?: boolean }).canSave;
    delete (context as { contentsModel?: object }).contentsModel;
    delete (context as Partial<Saving>).save;
  };
}
