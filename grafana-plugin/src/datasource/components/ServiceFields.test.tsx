import React from 'react';
import { fireEvent, render, screen } from '@testing-library/react';
import { ServiceFields } from './ServiceFields';

test('each address is a setting of its own', () => {
  const changed = jest.fn();
  render(<ServiceFields options={{ mlUrl: 'http://ml:4100' }} onChange={changed} />);
  expect(screen.getByLabelText(/Churn service/)).toHaveValue('http://ml:4100');
  fireEvent.change(screen.getByLabelText(/Alert service/), { target: { value: 'http://alerts:4200' } });
  expect(changed).toHaveBeenCalledWith({ alertsUrl: 'http://alerts:4200' });
});
