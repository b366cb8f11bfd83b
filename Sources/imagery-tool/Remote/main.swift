import ImageryCommands
import ImageryHTTP

Program.run { try HTTPSource($0) }
