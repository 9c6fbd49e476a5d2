// What jsdom lacks because it lays nothing out: sizes, of elements and of texts.

class StillObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver ??= StillObserver;

const box = { width: 300, height: 100, top: 0, left: 0, bottom: 100, right: 300, x: 0, y: 0 };
// Lists that draw only what is in sight would draw nothing.
Element.prototype.getBoundingClientRect = () => ({ ...box, toJSON: () => box });
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, value: box.height });
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, value: box.width });

const context = { measureText: (text: string) => ({ width: text.length * 8 }) };
HTMLCanvasElement.prototype.getContext = () => context as never;
