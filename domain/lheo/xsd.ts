import { type ElementRule, grammarOf } from '../grammar/compiled.ts';
import { type AttributType, type LheoVersion, NAMESPACES } from '../grammar/shape.ts';

const XS_TYPES: Readonly<Record<AttributType, string>> = {
  string: 'xs:string',
  id: 'xs:ID',
  idref: 'xs:IDREF',
  dateTime: 'xs:dateTime',
  uri: 'xs:anyURI',
};

const DATE_PATTERN = '[0-9][0-9][0-9][0-9][019][0-9][01239][0-9]';

/** The XML Schema of one version, made from the grammar: the one that judges at run time. */
export function makeXsd(version: LheoVersion): string {
  const namespace = NAMESPACES[version];
  const elements = [...grammarOf(version).values()].map(declare);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:l="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified">`,
    ...elements,
    '</xs:schema>',
    '',
  ].join('\n');
}

function declare(rule: ElementRule): string {
  const { name } = rule;
  return [
    `  <xs:element name="${name}" type="l:${name}-type"/>`,
    ...contentOf(rule),
    `  <xs:complexType name="${name}-type">`,
    ...extensionOf(rule),
    '  </xs:complexType>',
  ].join('\n');
}

function contentOf(rule: ElementRule): string[] {
  const name = `${rule.name}-subtype`;
  switch (rule.kind) {
    case 'any':
      return [];
    case 'extras':
      return complex(
        name,
        '<xs:choice minOccurs="0" maxOccurs="unbounded">',
        ['extras', 'extra'].map(reference),
        '</xs:choice>',
      );
    case 'sequence':
      return complex(name, '<xs:sequence>', rule.children.map(occurrence), '</xs:sequence>');
    case 'text':
      return simple(name, 'xs:string', lengths(rule));
    case 'key':
      return simple(
        name,
        'xs:token',
        [...rule.codes].map((code) => `<xs:enumeration value="${code}"/>`),
      );
    case 'int':
      return simple(name, 'xs:long', []);
    case 'date':
      return simple(name, 'xs:token', ['<xs:length value="8"/>', `<xs:pattern value="${DATE_PATTERN}"/>`]);
  }
}

function extensionOf(rule: ElementRule): string[] {
  const content = ['any', 'extras', 'sequence'].includes(rule.kind) ? 'complexContent' : 'simpleContent';
  const base = rule.kind === 'any' ? 'xs:anyType' : `l:${rule.name}-subtype`;
  const attributs = [...rule.attributs].map(
    ([name, type]) => `        <xs:attribute name="${name}" type="${XS_TYPES[type]}"/>`,
  );
  return [
    `    <xs:${content}>`,
    `      <xs:extension base="${base}">`,
    ...attributs,
    '      </xs:extension>',
    `    </xs:${content}>`,
  ];
}

function lengths(rule: ElementRule): string[] {
  const max = `<xs:maxLength value="${rule.max}"/>`;
  return rule.min === 0 ? [max] : [`<xs:minLength value="${rule.min}"/>`, max];
}

function reference(name: string): string {
  return `<xs:element ref="l:${name}"/>`;
}

function occurrence(child: ElementRule['children'][number]): string {
  const max = child.max === Infinity ? 'unbounded' : child.max;
  return `<xs:element ref="l:${child.name}" minOccurs="${child.min}" maxOccurs="${max}"/>`;
}

function complex(name: string, open: string, items: readonly string[], close: string): string[] {
  return [
    `  <xs:complexType name="${name}">`,
    `    ${open}`,
    ...items.map((item) => `      ${item}`),
    `    ${close}`,
    '  </xs:complexType>',
  ];
}

function simple(name: string, base: string, facets: readonly string[]): string[] {
  return [
    `  <xs:simpleType name="${name}">`,
    `    <xs:restriction base="${base}">`,
    ...facets.map((facet) => `      ${facet}`),
    '    </xs:restriction>',
    '  </xs:simpleType>',
  ];
}
