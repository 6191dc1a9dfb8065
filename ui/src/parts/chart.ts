// What a bar chart shows.

export interface Series {
  readonly name: string;
  /** A custom property of the theme that holds the bars' colour. */
  readonly tone: '--pass' | '--fail' | '--unsure';
  readonly values: readonly number[];
}

export interface Bars {
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}
