// Code that few pages need is loaded from the server when it is used. When the server does not answer, the person gets a message.
import { Notification } from '@jupyterlab/apputils';
import type { Words } from './words.js';

/** Settles with what `load` imports; tells the person and rejects when that cannot be had. */
export async function loadPart<T>(load: () => Promise<T>, words: Words): Promise<T> {
  try {
    return await load();
  } catch (error) {
    Notification.error(
      words.__(
        'A part of Launchbook could not be loaded. Check that the Jupyter server answers; after an update, reload this page.'
      ),
      { autoClose: false }
    );
    throw error;
  }
}
