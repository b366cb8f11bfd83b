import ImageryCommands

Program.run()
