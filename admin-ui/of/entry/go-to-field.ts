import { pathSteps } from '../../../domain/model/paths.ts';
import { fieldDomId } from '../../shared/fiche/FieldRow.tsx';

/** Brings a field into sight and puts the cursor in it, once its step is drawn; a part of a field leads to the field. */
export function goToField(path: string): void {
  setTimeout(() => {
    const steps = pathSteps(path);
    for (let length = steps.length; length > 0; length--) {
      const id = fieldDomId(`/${steps.slice(0, length).join('/')}`);
      const box = document.getElementById(id) ?? document.querySelector(`[id^="${CSS.escape(id)}-"]`);
      if (box === null) continue;
      box.scrollIntoView({ block: 'center' });
      box.querySelector<HTMLElement>('input, textarea, [role="combobox"], button')?.focus();
      return;
    }
  }, 50);
}
