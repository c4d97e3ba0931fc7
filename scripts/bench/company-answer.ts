/** What the served company says of itself. */
export interface CompanyAnswer {
  readonly environment: Readonly<Record<string, string>>
  /** Calls so far, `service:Operation`. */
  readonly calls: Readonly<Record<string, number>>
  readonly metrics: { readonly requested: number; readonly points: number }
}
