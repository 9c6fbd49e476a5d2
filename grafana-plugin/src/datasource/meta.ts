/** What the model offers to the signed-in user. */
export interface Meta {
  views: View[];
}

export interface View {
  name: string;
  title: string;
  description?: string;
  measures: Member[];
  dimensions: Member[];
  segments: Member[];
}

export interface Member {
  name: string;
  title: string;
  shortTitle: string;
  description?: string;
  type?: 'string' | 'number' | 'time' | 'boolean';
}
