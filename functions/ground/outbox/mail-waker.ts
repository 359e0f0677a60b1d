export interface MailWaker {
  /** Delivers now, and once more when it was woken meanwhile; never two at a time. Never throws. */
  wake: () => void;
  /** Starts nothing more; resolves when the delivery under way is over. */
  stop: () => Promise<void>;
}

/**
 * A `wakeMail` for one process. Nobody waits for what it does, so a delivery that fails is told to `onFailure`: its mail
 * still lies in the outbox, for the jobs of the next minute.
 */
export function createMailWaker(
  deliver: () => Promise<void>,
  onFailure: (error: unknown) => void,
): MailWaker {
  let running: Promise<void> | null = null;
  let isWoken = false;
  let isStopped = false;
  const run = async () => {
    while (isWoken && !isStopped) {
      isWoken = false;
      try {
        await deliver();
      } catch (error) {
        onFailure(error);
      }
    }
    running = null;
  };
  return {
    wake: () => {
      isWoken = true;
      if (!isStopped) running ??= run();
    },
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
}
