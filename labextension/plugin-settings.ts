// The settings of a plugin as they are now, from JupyterLab's settings editor.
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { PartialJSONValue } from '@lumino/coreutils';

/** The keys of a settings file. */
export interface SettingValues {
  readonly [key: string]: unknown;
}

export interface PluginSettingsParts<S> {
  /** Null in an application without settings: the defaults count then. */
  readonly registry: ISettingRegistry | null;
  /** Id of the plugin whose settings they are. */
  readonly id: string;
  /** Has to accept any values; absent ones have their defaults. */
  read(values: SettingValues): S;
  /** Called when `now` has changed, and once when the settings were loaded. */
  changed?(): void;
}

export class PluginSettings<S> {
  /** The defaults until the settings are loaded, and where they cannot be. */
  now: S;

  constructor(private readonly parts: PluginSettingsParts<S>) {
    this.now = parts.read({});
    parts.registry?.load(parts.id).then(
      stored => {
        this.stored = stored;
        stored.changed.connect(() => this.take(stored.composite));
        this.take(stored.composite);
      },
      () => undefined
    );
  }

  /** Changes one value, in the settings file where there is one, else for as long as the page is open. */
  async set(key: string, value: PartialJSONValue): Promise<void> {
    if (this.stored) {
      await this.stored.set(key, value);
    } else {
      this.take({ ...this.values, [key]: value });
    }
  }

  private stored: ISettingRegistry.ISettings | null = null;
  private values: SettingValues = {};

  private take(values: SettingValues): void {
    this.values = values;
    this.now = this.parts.read(values);
    this.parts.changed?.();
  }
}

/** The one setting of a plugin that can only be switched off. */
export function isEnabledIn(values: SettingValues): boolean {
  return values['enabled'] !== false;
}
