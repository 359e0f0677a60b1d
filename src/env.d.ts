declare namespace App {
  interface Locals {
    /** Set for pages rendered on demand; prerendered ones know nobody. */
    visit: import('./visit.ts').Visit;
  }
}
