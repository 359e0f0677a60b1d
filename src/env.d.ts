declare namespace App {
  interface Locals {
    /** Set for pages rendered on demand; prerendered ones know nobody. */
    visit: import('./visit.ts').Visit;
    /** Where nothing was found: whose rooms those are, and the path that was asked for. */
    lost?: { room: string | null; path: string };
    /** The language that was asked for; prerendered pages are told by their own path. */
    speech?: import('./locale.ts').Speech;
  }
}
