/** How many bytes of bodies may be held at once, over all requests that share it. */
export interface BodyBudget {
  /** False when there is no room for them; then nothing is taken. */
  take: (bytes: number) => boolean;
  give: (bytes: number) => void;
}

export function createBodyBudget(bytes_max: number): BodyBudget {
  let held = 0;
  return {
    take: (bytes) => {
      if (held + bytes > bytes_max) return false;
      held += bytes;
      return true;
    },
    give: (bytes) => {
      held -= bytes;
    },
  };
}
