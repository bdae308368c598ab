// Cells one at a time, and line commands among them, which no language reads.
import type { Lane } from '../../../run/keeper/lane.js';
import type { LineCommands } from '../../../run/line-commands/line-commands.js';
import type { RunCell } from '../../core/ports/ports.js';

/** Carries out line commands, and leaves every other cell to `run`. */
export function runInLane(run: RunCell, lane: Lane, commands: LineCommands): RunCell {
  return (cell, userExpressions) =>
    lane.queue('A cell', () =>
      commands.isCommand(cell.code) ? commands.carryOut(cell) : run(cell, userExpressions)
    );
}
