import {
  createTheme,
  formattedValueToString,
  getDisplayProcessor,
  type DataFrame,
  type DisplayProcessor,
  type Field,
} from '@grafana/data';

interface Column {
  field: Field;
  display: DisplayProcessor;
}

export const missingText = '–';

/** The rows of one query, with each value as the data source's units show it. Members go by their short names. */
export class Answer {
  readonly frame: DataFrame;
  private readonly columns: Map<string, Column>;

  constructor(frame: DataFrame) {
    this.frame = frame;
    this.columns = new Map(
      frame.fields.map((field) => [
        field.name,
        { field, display: getDisplayProcessor({ field, theme: createTheme(), timeZone: 'browser' }) },
      ])
    );
  }

  get length(): number {
    return this.frame.length;
  }

  /** Row numbers. */
  get rows(): number[] {
    return Array.from({ length: this.length }, (_, index) => index);
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  /** The number of a cell; null where it is missing or no number. */
  number(name: string, row: number): number | null {
    const value: unknown = this.columns.get(name)?.field.values[row];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }

  /** The text of a cell that holds text; null where it is missing. */
  string(name: string, row: number): string | null {
    const value: unknown = this.columns.get(name)?.field.values[row];
    return value === null || value === undefined ? null : String(value);
  }

  /** Whether a cell is true. */
  isTrue(name: string, row: number): boolean {
    const value: unknown = this.columns.get(name)?.field.values[row];
    return value === true || value === 'true' || value === 1;
  }

  /** A cell as it is shown: with its unit; a dash where the value is missing. */
  text(name: string, row: number): string {
    return this.show(name, this.columns.get(name)?.field.values[row]);
  }

  /** Another value shown as those of a column are, for a sum or a target. */
  show(name: string, value: unknown): string {
    const column = this.columns.get(name);
    if (column === undefined || value === null || value === undefined) {
      return missingText;
    }
    return formattedValueToString(column.display(value));
  }
}
