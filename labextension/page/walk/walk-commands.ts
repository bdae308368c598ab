// Two commands that bring the cursor to the next and the previous of some places in a notebook.
import type { CommandRegistry } from '@lumino/commands';

/** A command of the pair, as the palette shows it. */
export interface WalkCommand {
  readonly id: string;
  readonly label: string;
  readonly caption: string;
}

export interface WalkCommandsParts {
  readonly commands: CommandRegistry;
  readonly next: WalkCommand;
  readonly previous: WalkCommand;
  /** False while there is no such place. */
  isEnabled(): boolean;
  go(direction: 'next' | 'previous'): void;
}

/** Adds both commands. */
export function addWalkCommands({ commands, next, previous, isEnabled, go }: WalkCommandsParts): void {
  const add = ({ id, label, caption }: WalkCommand, direction: 'next' | 'previous'): void => {
    commands.addCommand(id, {
      label,
      caption,
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled,
      execute: () => go(direction)
    });
  };
  add(next, 'next');
  add(previous, 'previous');
}
