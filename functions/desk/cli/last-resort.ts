import { getLogger } from '@logtape/logtape';
import { reasonOf } from '../../ground/platform/reason-of.ts';

/**
 * What becomes of errors that nobody caught, see docs/decisions/0011: a promise that failed with nobody waiting for it is
 * logged and nothing else; an exception outside of any promise may have left something half-done in memory, so the
 * process ends as if it had been asked to, and is started anew by whoever watches over it.
 * @returns the exit code, once the process has to end
 */
export function keepServing(): Promise<1> {
  const log = getLogger(['regulars']);
  // What nobody reads, or a full disk does not take, is no reason to stop.
  for (const stream of [process.stdout, process.stderr]) {
    stream.removeAllListeners('error');
    stream.on('error', () => undefined);
  }
  process.on('unhandledRejection', (error) => {
    log.fatal('Unhandled rejection: {reason}', { reason: reasonOf(error), stack: stackOf(error) });
  });
  return new Promise((resolve) => {
    process.on('uncaughtException', (error) => {
      log.fatal('Uncaught exception: {reason}', { reason: reasonOf(error), stack: stackOf(error) });
      resolve(1);
    });
  });
}

/** Where it came from, without its message, which may hold what was bound to a statement. */
function stackOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const lines = error.stack?.split('\n').filter((line) => line.startsWith('    at')) ?? [];
  return lines.join('\n');
}
