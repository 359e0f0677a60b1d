declare namespace App {
  interface Locals {
    /** Set for pages rendered on demand; prerendered ones know nobody. */
    visit: import('./visit.ts').Visit;
    /** Where nothing was found: whose rooms those are, and the address that was asked for. */
    lost?: { room: string | null; pathname: string };
  }
}
