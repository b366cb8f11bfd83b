// Made by Tests/Vectors/fax.py: strips of tiffcp 4.5.0 and GDAL 3.10.3 and the CRC-32 of their pixels. Do not edit.

import ImageryFax
import ImageryPlumbing

let vectors: [FaxVector] = [
    FaxVector(
        name: "tiffcp -c g3:1d, 300 columns", scheme: .group3(isTwoDimensional: false), columns: 300, rows: 21,
        isBitReversed: false, crc: 0x88955429,
        base64: """
            ABNAyPY4MKwAZOGRjiAYAOCFIHhuU5oB6gQAFuWgAmoLYKgAOCFIHhuU5oB6gQAHPMpA8NynNAPUCAA4IUgeG5TmgHqBAAcEKQPDcpzQD1AgAJr4IU
            geG5TmgHqBgAjgxWDO4MUtmoM7htAA1xoDFZyfBQAYA8N5P7HVAYoAC6wMjwGBwPWzgA4B6oecn6A2V9AAdjgenEoY4Hhvs13EgAHY/JzgDwaQAR1s
            1ik4ErxwyNQADgMScGcpQ4bYAJoIUgxsc6wbC0AEpBsKUOcBkY4a4A==
            """),
    FaxVector(
        name: "tiffcp -c g3:1d:fill, 300 columns", scheme: .group3(isTwoDimensional: false), columns: 300, rows: 21,
        isBitReversed: false, crc: 0xd143bfdb,
        base64: """
            AAGgHqvcDw3NAPDfQAGsGCkGwcMjKQwAAdmuU9YM8GUgeG4AAW5aAAE1BbBUAAHZrlPWDPBlIHhuAAHzVcp6wZ4MpA8NwAHZrlPWDPBlIHhuAAHZrl
            PWDPBlIHhuAAE19muU9YM8GUgzAAHZqDOP7NRBwZxIAAGT0nDVAAE0oBjZqB6cDwzgARwZ8A9bNRBwPDcwAAGhyc9mtQTZqhwAAcDIxwZ9jmNAATQG
            NmplIHhuFAABgSh1iFJlIMDgeG+AekAAASm2ag2SdAwAAcWzUGzZqnBngFgAAaAxs1DI6I0G
            """),
    FaxVector(
        name: "tiffcp -c g3:2d, 300 columns", scheme: .group3(isTwoDimensional: true), columns: 300, rows: 21, isBitReversed: false,
        crc: 0x2ddb61ed,
        base64: """
            ABj+AeqzcST8JwKAAQkzA8NyU4iVsNwAZSB4bwDPscGx8uACERGADNQWwVAARKQPDcwDOdjg2F+AD8zAHhvAM+xwbHy4AIf+ADKQPDeAZ9jg2PlwAQ
            YYYYYZfgA6wyOsGcc8BgcFQAETQMjNcR4jxcGyADgQ08PY4NkAeG5UACDCMIxlwPDcxmIlIZHAB0RodYHhvWexwOAARHA8N2IkMyhENIAPZqB6HDI3
            BiLAgAKbZqxE6huADgQcR9wPUnA9YMAFERIa5oQPVCDZAwAZSezUDw3wDw3wGwM=
            """),
    FaxVector(
        name: "tiffcp -c g3:2d:fill, 300 columns", scheme: .group3(isTwoDimensional: true), columns: 300, rows: 21,
        isBitReversed: false, crc: 0xa72fe42d,
        base64: """
            AAHscMjNA2gAARiI4NhyMA2HY4MGsDw3gAG4ZHQDw3wD1ANwAQiJVhuAAZqC2CoAAQZDI6EDw3wgeogAAbngHgUUA8N8A9QDcAFH+AABuGR0A8N8A9
            QDcAEEdwwwwww4AAGaAeG+zUGCk6waAAEGehOsgeG+EGMO4gzQNMABj7hkda2ageGcAAEJMgbCPCdl+AAB0A9UBnrBnrBYAAER4IzlbHIHhu6JpkfJ
            oBcAAdAZ61s1WGaLfgABE0A8NzANhwGeAAHscGwek4LQAAEaxDsfI4M5wGwHAAGUgeG8nBsxQDA=
            """),
    FaxVector(
        name: "tiffcp -c g4, 300 columns", scheme: .group4, columns: 300, rows: 21, isBitReversed: false, crc: 0x0900ca44,
        base64: """
            JSIXDI4nSNaOA2GTxrDYIiR87NQYNYNhAw3ERk1BbBUMnzs1Bg1g2T5/x//wz7NQww5wMjEqecEOHJoB6OzXI8YjQQRGRwPDcjg2FwyOaA2CfRjMAe
            G8ToB6OzUGw0zhmAVJBg0K2am2a2QPWzVIzzBmkawbDs1Bg0A9CREIiSQGcGawbCaAwdjgzl1MAeiaGEVs1IMJwAQAQA==
            """),
    FaxVector(
        name: "tiffcp -c g4 -f lsb2msb, 300 columns", scheme: .group4, columns: 300, rows: 21, isBitReversed: true, crc: 0xf0e16ee0,
        base64: """
            ZIGJGQgDzFmUBWzIAuZIDjbEQYWOcONgcLPOjQMPR0QmGHaygjaowEQ2TjA2K9/45KY2609k4/8f4g7DMMw3HkWxEEnOnMDD7gTjoLaR2qxEgnBWRJ
            JElkzghfM68ehgDiMSONCRUmDDQbhZgRcLqJJSrIGHnQ487NzQsCcYBQk8ulkTBxtuPNaREnjYyXKTCxseVA0GEyauYUREcubGEbIADztJYWcNvFjA
            QJIADzsHoccCKwAIgA==
            """),
    FaxVector(
        name: "gdal COMPRESS=CCITTRLE, 300 columns", scheme: .modifiedHuffman(alignment: 8), columns: 300, rows: 21,
        isBitReversed: false, crc: 0x3f42450c,
        base64: """
            2OJJwPUBmNmoZG5mgahwYgGzZrOJWDGAeG60blo1BbBUcGIBs2aziVgxgHhutHPBwDZs1nErBjAPDdaAcGIBs2aziVgxgHhutHBiAbNms4lYMYB4br
            SwYgGzZrOJWDGAeG6w2OB4blIjgeG+Apg0RojQR5wPRgCTpwYHErA9LYAdbNTyNAPDdwbCkODZqDOaAeCs2axSB6rzQGHlAB+AY2agwacnQIBnNAZ9
            jgwTNAZ6KsGegHhugIWAeG7qs5OB4oAeKTzrA9UykQc64cGyhlw=
            """),
    FaxVector(
        name: "gdal COMPRESS=CCITTRLE, 2600 columns", scheme: .modifiedHuffman(alignment: 8), columns: 2600, rows: 5,
        isBitReversed: false, crc: 0xde0beaa9,
        base64: """
            AfKQNQHwbAHykDUB8GwB8pA=
            """),
]
