declare namespace App {
  interface Locals {
    /** Who the business is, and how its pages look. */
    face: import('./face.ts').Face;
    /** The language that was asked for. */
    speech: import('./locale.ts').Speech;
    visit: import('./visit.ts').Visit;
    /** Set on the page that is shown while the database is away: it has no visit and knows nobody. */
    isAway?: true;
    /** Set on the same page while an archive is being brought in: nothing is written until that is over. */
    isHeldBack?: boolean;
    /** Set on the page that asks for the second factor again. */
    proof?: import('./pipeline/second-proof.ts').ProofQuestion;
    /** Where nothing was found or taken: whose rooms those are, and the path that was asked for. */
    lost?: { room: string | null; path: string };
  }
}
